package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.company.Companies;
import java.time.Clock;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Makes the reader of a page out of whoever is signed in. */
@Component
class Readers {

    private final Companies companies;
    private final MessageSource messages;
    private final Clock clock;

    Readers(Companies companies, MessageSource messages, Clock clock) {
        this.companies = companies;
        this.messages = messages;
        this.clock = clock;
    }

    Reader of(Caller caller, Locale locale) {
        var company = companies.get(caller.company());
        var texts = new Texts(messages, locale);
        return new Reader(company, texts, new WallClock(company.zone(), texts, clock.instant()));
    }
}
