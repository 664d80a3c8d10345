package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The form drawn from a manifest: what was not changed is not sent, and a secret never comes back. */
class SettingsFormTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Connector connector = Connectors.onClassPath().get("bitrix24");
    private final SettingsForm form = new SettingsForm(connector, new Texts(spoken(), Locale.ENGLISH));

    @Test
    void changesNothingWhenNothingWasTouched() {
        var stored = Map.<String, JsonNode>of(
                "portal", JSON.stringNode("romashka.bitrix24.ru"),
                "chatMessages", JSON.booleanNode(false),
                "lines", JSON.arrayNode().add("+74950000100").add("+74950000101"));

        assertThat(form.changes(asShown(stored, Set.of("clientSecret")))).isEmpty();
    }

    @Test
    void sendsOnlyWhatWasChangedInItsOwnType() {
        var page = asShown(Map.of("lines", JSON.arrayNode().add("+74950000100")), Set.of());
        page.set("setting-portal", " romashka.bitrix24.ru ");
        page.remove("setting-chatMessages");
        page.set("setting-lines", "+74950000100\r\n\r\n +74950000101 ");
        page.set("setting-clientSecret", "s3cret");

        assertThat(form.changes(page))
                .isEqualTo(Map.of(
                        "portal", JSON.stringNode("romashka.bitrix24.ru"),
                        "chatMessages", JSON.booleanNode(false),
                        "lines", JSON.arrayNode().add("+74950000100").add("+74950000101"),
                        "clientSecret", JSON.stringNode("s3cret")));
    }

    @Test
    void takesAnEmptiedSettingAwayAndASecretOnlyWhenAsked() {
        var page = asShown(Map.of("hiddenNumber", JSON.stringNode("+70000000000")), Set.of("applicationToken"));
        page.set("setting-hiddenNumber", "");
        assertThat(form.changes(page)).isEqualTo(Map.of("hiddenNumber", JSON.nullNode()));

        page.add("forget", "applicationToken");
        assertThat(form.changes(page))
                .isEqualTo(Map.of("hiddenNumber", JSON.nullNode(), "applicationToken", JSON.nullNode()));
    }

    @Test
    void leavesAloneWhatWasNotOnThePage() {
        var page = new LinkedMultiValueMap<String, String>();
        page.add("setting-portal", "other.bitrix24.ru");
        page.add("setting-clientSecret", "s3cret");

        assertThat(form.changes(page)).isEmpty();
    }

    @Test
    void neverShowsASecretAndSaysThatItIsKept() {
        var secret = form.fields(Map.of(), Set.of("clientSecret")).stream()
                .filter(field -> field.name().equals("clientSecret"))
                .findFirst()
                .orElseThrow();

        assertThat(secret.value()).isEmpty();
        assertThat(secret.kept()).isTrue();
        assertThat(secret.shownWhen()).isEqualTo("setting-way=application");
    }

    /** The page as a browser would send it back untouched. */
    private MultiValueMap<String, String> asShown(Map<String, JsonNode> stored, Set<String> secrets) {
        var page = new LinkedMultiValueMap<String, String>();
        for (var field : form.fields(stored, secrets)) {
            page.add("asked", field.name());
            if (!field.type().equals("secret")) {
                page.add("was-" + field.name(), field.was());
            }
            if (!field.type().equals("flag") || field.value().equals("true")) {
                page.add("setting-" + field.name(), field.value());
            }
        }
        return page;
    }

    private static StaticMessageSource spoken() {
        var source = new StaticMessageSource();
        source.setUseCodeAsDefaultMessage(true);
        return source;
    }
}
