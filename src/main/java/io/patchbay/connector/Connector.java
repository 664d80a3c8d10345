package io.patchbay.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A kind of system the hub can be joined to, as its folder describes it. Immutable.
 *
 * @param id                  the folder's name, for ever
 * @param version             of the settings; a higher one says under {@code migrate} how former settings become its own
 * @param can                 a promise: what is declared works, the rest is refused
 * @param cannot              what some settings take away from {@code can}
 * @param newClients          what a rule may say an unknown number becomes, in the target's words; empty when only the settings say it
 * @param fields              operations whose requests take the fields that an administrator maps, as {@code input.fields}
 * @param hookSecrets         secret settings that {@code decode-hook} and {@code subscribe} may see
 * @param hookSignature       how a real hook is told from a forged one; empty when hooks bear no signature
 * @param hookPace            how fast hooks of one connection are read, all must agree; empty: as the hub's settings say
 * @param redact              fields of a hook's body that are never shown, as dotted paths
 * @param links               addresses for people, with settings and {@code {kind}}, {@code {id}} in braces
 * @param history             how far back {@code list-calls} reaches; empty when the vendor does not say
 * @param recordingsAsContent recordings are handed over as bytes, not as a link
 */
public record Connector(
        String id,
        String title,
        int version,
        List<SettingsStep> migrate,
        Kind kind,
        Set<Operation> can,
        List<Cannot> cannot,
        Map<String, Setting> settings,
        Access access,
        Answers answers,
        List<String> newClients,
        Set<Operation> fields,
        List<String> hookSecrets,
        Optional<HookSignature> hookSignature,
        List<Access.Pace> hookPace,
        List<String> redact,
        Map<String, Template> links,
        Optional<Duration> history,
        boolean recordingsAsContent,
        Strings strings,
        Mappings mappings,
        Grade grade,
        ConnectorFolder folder) {

    /** A setting every connector has: replaces its whole base address, for an own host or a sandbox. */
    public static final String BASE_URL = "baseUrl";

    public enum Kind {
        PBX,
        CRM,
        ERP,
        SHOP;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean declares(Operation operation) {
        return can.contains(operation);
    }

    /**
     * What a way to connect does without.
     *
     * @param when settings with the values that take these operations away
     */
    public record Cannot(Map<String, String> when, Set<Operation> these) {}

    /** Whether a connection with these settings can do it: declared, and not taken away by a setting. */
    public boolean can(Operation operation, Map<String, JsonNode> given) {
        var all = withFallbacks(given);
        return declares(operation)
                && cannot.stream().noneMatch(row -> row.these().contains(operation) && agree(row.when(), all));
    }

    /** Everything that a connection with these settings can do. */
    public Set<Operation> abilities(Map<String, JsonNode> given) {
        return can.stream().filter(operation -> can(operation, given)).collect(Collectors.toUnmodifiableSet());
    }

    /** The settings with what the manifest says where nothing is given; secrets have no place here. */
    public Map<String, JsonNode> withFallbacks(Map<String, JsonNode> given) {
        var all = new LinkedHashMap<String, JsonNode>();
        settings.values()
                .forEach(setting -> setting.fallback().ifPresent(fallback -> all.put(setting.name(), fallback)));
        all.putAll(given);
        return all;
    }

    /** The way to log in that agrees with these settings. */
    public Optional<Auth> auth(Map<String, JsonNode> given) {
        var all = withFallbacks(given);
        return access.auth().stream().filter(way -> agree(way.when(), all)).findFirst();
    }

    /**
     * Everything that is wrong with a whole set of settings.
     *
     * @param secrets names of the secrets that are there
     */
    public List<SettingProblem> problems(Map<String, JsonNode> given, Set<String> secrets) {
        var problems = new ArrayList<SettingProblem>();
        given.forEach((name, value) -> {
            var setting = settings.get(name);
            if (setting == null || setting.isSecret()) {
                if (!name.equals(BASE_URL)) {
                    problems.add(new SettingProblem(name, SettingProblem.Reason.UNKNOWN));
                }
            } else {
                setting.problem(value).ifPresent(reason -> problems.add(new SettingProblem(name, reason)));
            }
        });
        secrets.stream()
                .filter(name ->
                        settings.get(name) == null || !settings.get(name).isSecret())
                .forEach(name -> problems.add(new SettingProblem(name, SettingProblem.Reason.UNKNOWN)));
        var all = withFallbacks(given);
        for (var setting : settings.values()) {
            var there = setting.isSecret() ? secrets.contains(setting.name()) : all.containsKey(setting.name());
            var needed =
                    setting.required() || (!setting.requiredWhen().isEmpty() && agree(setting.requiredWhen(), all));
            if (needed && !there) {
                problems.add(new SettingProblem(setting.name(), SettingProblem.Reason.MISSING));
            }
        }
        return problems;
    }

    private static boolean agree(Map<String, String> wanted, Map<String, JsonNode> settings) {
        return wanted.entrySet().stream().allMatch(one -> {
            var value = settings.get(one.getKey());
            return value != null && value.asString().equals(one.getValue());
        });
    }

    @Override
    public String toString() {
        return id;
    }
}
