package io.patchbay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One door out, a core without vendors, and a call model without machinery. */
class RimTest {

    private static final Pattern VENDORS = Pattern.compile(
            "bitrix|amocrm|kommo|beeline|mango|megafon|zadarma|rostelecom|sugarcrm|suitecrm|sugarondemand|sugaridentity|salesagility|megaplan|moidokumenti|my-documents|u-on\\.|woocommerce|insales|moysklad|itoolabs|1cfresh|standard[.]odata|tilda");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.patchbay");
    }

    @Test
    void onlyTheDoorAndTheSandboxOpenSockets() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.patchbay.connection.api..", "io.patchbay.sandbox..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.URLConnection")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "org.apache.hc..",
                        "com.sun.net.httpserver..",
                        "java.nio.channels.spi..",
                        "org.springframework.web.client..",
                        "org.springframework.web.reactive.function.client..")
                .because("all requests to outside systems leave through the api: component, where limits, guards and"
                        + " masks are")
                .check(classes);
    }

    @Test
    void theCallModelIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage("io.patchbay.call..", "io.patchbay.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.jdbc..",
                        "org.springframework.stereotype..",
                        "org.apache.camel..",
                        "tools.jackson..",
                        "java.sql..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .because("a call is the same call wherever and whenever it is computed")
                .check(classes);
    }

    @Test
    void theCoreNamesNoVendor() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var naming = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.toString().contains("/sandbox/"))
                    .filter(f -> VENDORS.matcher(withoutSources(f)).find())
                    .toList();

            assertThat(naming)
                    .as("A vendor's name belongs into connectors/; a comment may name it only as a source in"
                            + " contracts/")
                    .isEmpty();
        }
    }

    /** A fact about a vendor names its source; that is not knowing the vendor. */
    private static String withoutSources(Path file) {
        try {
            return Files.readString(file).toLowerCase(Locale.ROOT).replaceAll("contracts/[a-z]+/[a-z0-9-]+\\.md", "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
