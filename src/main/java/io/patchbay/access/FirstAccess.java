package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** At start: takes the API token of the environment, and tells whoever reads the log how to come in. */
@Component
class FirstAccess {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAccess.class);

    /** The company that exists from the start; a hub of several companies makes the others later. */
    private static final CompanyId FIRST = new CompanyId(1);

    private final AccessProperties properties;
    private final ApiTokens tokens;
    private final SetupLinks links;
    private final Companies companies;
    private final Audit audit;
    private final String publicUrl;

    FirstAccess(
            AccessProperties properties,
            ApiTokens tokens,
            SetupLinks links,
            Companies companies,
            Audit audit,
            @Value("${patchbay.intake.public-url:}") String publicUrl) {
        this.properties = properties;
        this.tokens = tokens;
        this.links = links;
        this.companies = companies;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    @EventListener
    void started(ApplicationReadyEvent event) {
        companies.all().forEach(company -> audit.note(company.id(), Deed.of(Action.HUB_STARTED)));
        tokens.provide(FIRST, properties.apiToken());
        if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            announce(
                    publicUrl.isEmpty()
                            ? "http://localhost:" + web.getWebServer().getPort()
                            : publicUrl);
        }
    }

    private void announce(String address) {
        LOG.info("The console is at {}/", address);
        links.renew(FIRST)
                .ifPresent(secret -> LOG.info(
                        "Nobody can sign in yet. Open this link once to make the first user: {}/setup/{}",
                        address,
                        secret));
    }
}
