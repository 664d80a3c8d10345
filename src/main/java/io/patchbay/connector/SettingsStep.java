package io.patchbay.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How settings of the version before become settings of this one. Each part does nothing where it was done before.
 *
 * @param to     the version it leads to, 2 or more
 * @param rename old name to new name; a value that the new name has already stays
 * @param values by setting: old value to new value
 * @param set    what is written where nothing is given
 * @param remove names that have no meaning any more
 */
public record SettingsStep(
        int to,
        Map<String, String> rename,
        Map<String, Map<String, String>> values,
        Map<String, JsonNode> set,
        List<String> remove) {

    /** The open settings after this step. */
    public Map<String, JsonNode> apply(Map<String, JsonNode> settings) {
        var all = new LinkedHashMap<>(settings);
        rename.forEach((old, name) -> {
            var value = all.remove(old);
            if (value != null) {
                all.putIfAbsent(name, value);
            }
        });
        values.forEach((name, changes) -> {
            var value = all.get(name);
            if (value != null && changes.containsKey(value.asString(""))) {
                all.put(name, JsonNodeFactory.instance.stringNode(changes.get(value.asString(""))));
            }
        });
        set.forEach(all::putIfAbsent);
        remove.forEach(all::remove);
        return all;
    }
}
