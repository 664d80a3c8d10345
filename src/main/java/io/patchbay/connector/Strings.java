package io.patchbay.connector;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** What a connector says to people: labels of its settings and the meaning of the target's errors, in English and Russian. */
public final class Strings {

    static final List<String> LANGUAGES = List.of("en", "ru");

    private final Map<String, Map<String, String>> byLanguage;

    private Strings(Map<String, Map<String, String>> byLanguage) {
        this.byLanguage = byLanguage;
    }

    static Strings of(ConnectorFolder folder, List<Problem> problems) {
        var all = new HashMap<String, Map<String, String>>();
        for (var language : LANGUAGES) {
            var file = "strings/" + language + ".properties";
            var strings = new HashMap<String, String>();
            var text = folder.text(file);
            if (text.isEmpty()) {
                problems.add(new Problem(file, "", "is missing."));
            } else {
                read(text.get()).forEach((key, value) -> strings.put(key.toString(), value.toString()));
            }
            all.put(language, Map.copyOf(strings));
        }
        return new Strings(Map.copyOf(all));
    }

    private static Properties read(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new IllegalStateException("A string in memory cannot fail to be read.", e);
        }
        return properties;
    }

    /** In the wanted language, else in English. */
    public Optional<String> find(String key, Locale language) {
        return Optional.ofNullable(of(language.getLanguage()).get(key))
                .or(() -> Optional.ofNullable(of("en").get(key)));
    }

    /** A text of the connector, or its key when it has none. */
    public String get(String key, Locale language) {
        return find(key, language).orElse(key);
    }

    public String label(String setting, Locale language) {
        return get("settings." + setting + ".label", language);
    }

    public Optional<String> help(String setting, Locale language) {
        return find("settings." + setting + ".help", language);
    }

    /** What the target's error code means and what to do about it. */
    public Optional<String> error(String code, Locale language) {
        return code.isEmpty() ? Optional.empty() : find("error." + code, language);
    }

    Set<String> keys(String language) {
        return of(language).keySet();
    }

    private Map<String, String> of(String language) {
        return byLanguage.getOrDefault(language, Map.of());
    }
}
