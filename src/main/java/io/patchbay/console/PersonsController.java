package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.person.Copy;
import io.patchbay.person.Erasure;
import io.patchbay.person.Kind;
import io.patchbay.person.OwnNumberException;
import io.patchbay.person.PersonExport;
import io.patchbay.person.Receipt;
import io.patchbay.person.Receipts;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What the hub holds of somebody: looked at, handed over, erased. A number never stands in an address. */
@Controller
class PersonsController {

    private static final String PAGE = "console/persons";

    private final Readers readers;
    private final Erasure erasure;
    private final PersonExport export;
    private final Receipts receipts;
    private final Connections connections;
    private final Audit audit;

    PersonsController(
            Readers readers,
            Erasure erasure,
            PersonExport export,
            Receipts receipts,
            Connections connections,
            Audit audit) {
        this.readers = readers;
        this.erasure = erasure;
        this.export = export;
        this.receipts = receipts;
        this.connections = connections;
        this.audit = audit;
    }

    /** @param word of the kind, for the key of its text */
    record Count(String word, long count) {}

    /** @param url null where it is not known */
    record CopyLine(
            String system, String kind, String id, @Nullable String url) {}

    record Found(List<Count> counts, List<CopyLine> copies) {

        public boolean isEmpty() {
            return counts.isEmpty();
        }
    }

    record ReceiptLine(long id, String at, boolean whole, String by, List<Count> counts, List<CopyLine> copies) {}

    @GetMapping("/persons")
    @Needs(Right.PERSONAL_DATA)
    String page(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        return page(caller, locale, model, "", Map.of());
    }

    @PostMapping("/persons")
    @Needs(Right.PERSONAL_DATA)
    String look(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String number,
            Locale locale,
            Model model) {
        var read = read(caller, number, locale);
        if (read.isEmpty()) {
            return page(caller, locale, model, text(number), Map.of("number", "persons.number.wrong"));
        }
        return look(caller, locale, model, read.get(), Map.of());
    }

    @PostMapping("/persons/export")
    @Needs(Right.PERSONAL_DATA)
    void export(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String number,
            Locale locale,
            HttpServletResponse answer)
            throws IOException {
        var read = read(caller, number, locale).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        audit.note(caller.company(), Deed.of(Action.PERSON_EXPORTED, "", read.toString()));
        answer.setContentType("application/zip");
        answer.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"person.zip\"");
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        export.write(caller.company(), read, answer.getOutputStream());
    }

    @PostMapping("/persons/erase")
    @Needs(Right.PERSONAL_DATA)
    String erase(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String number,
            @RequestParam(required = false) @Nullable String sure,
            Locale locale,
            Model model) {
        var read = read(caller, number, locale);
        if (read.isEmpty()) {
            return page(caller, locale, model, text(number), Map.of("number", "persons.number.wrong"));
        }
        if (!"1".equals(sure)) {
            return look(caller, locale, model, read.get(), Map.of("sure", "persons.erase.unsure"));
        }
        try {
            var reader = readers.of(caller, locale);
            var receipt = erasure.erase(caller.company(), read.get(), caller.name());
            audit.note(caller.company(), Deed.of(Action.PERSON_ERASED).with("receipt", receipt.id()));
            model.addAttribute("done", line(caller, reader, receipt));
            return page(caller, locale, model, "", Map.of());
        } catch (OwnNumberException e) {
            return page(caller, locale, model, text(number), Map.of("number", "persons.number.own"));
        }
    }

    private String look(Caller caller, Locale locale, Model model, PhoneNumber number, Map<String, String> problems) {
        try {
            var traces = erasure.look(caller.company(), number);
            audit.note(caller.company(), Deed.of(Action.PERSON_SEEN, "", number.toString()));
            model.addAttribute("found", new Found(counts(traces.counts()), copies(caller, traces.copies())));
            return page(caller, locale, model, ShownNumber.spaced(number.e164()), problems);
        } catch (OwnNumberException e) {
            return page(caller, locale, model, number.raw(), Map.of("number", "persons.number.own"));
        }
    }

    private String page(Caller caller, Locale locale, Model model, String number, Map<String, String> problems) {
        var reader = readers.of(caller, locale);
        model.addAttribute("number", number);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "receipts",
                receipts.of(caller.company()).stream()
                        .map(receipt -> line(caller, reader, receipt))
                        .toList());
        return PAGE;
    }

    private Optional<PhoneNumber> read(Caller caller, @Nullable String number, Locale locale) {
        var plan = new NumberPlan(readers.of(caller, locale).company().region());
        return Optional.of(plan.read(text(number)))
                .filter(PhoneNumber.class::isInstance)
                .map(PhoneNumber.class::cast);
    }

    private ReceiptLine line(Caller caller, Reader reader, Receipt receipt) {
        return new ReceiptLine(
                receipt.id(),
                reader.clock().moment(receipt.begun()),
                receipt.isWhole(),
                receipt.by(),
                counts(receipt.counts()),
                copies(caller, receipt.copies()));
    }

    private static List<Count> counts(Map<Kind, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> new Count(count.getKey().word(), count.getValue()))
                .toList();
    }

    private List<CopyLine> copies(Caller caller, List<Copy> copies) {
        var titles = connections.titles(caller.company());
        return copies.stream()
                .map(copy -> new CopyLine(
                        titles.getOrDefault(new ConnectionId(copy.connection()), ""),
                        copy.kind(),
                        copy.id(),
                        copy.url().startsWith("http") ? copy.url() : null))
                .toList();
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }
}
