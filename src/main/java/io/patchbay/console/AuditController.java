package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.AuditLog;
import io.patchbay.audit.AuditQuery;
import io.patchbay.audit.Verification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The log of who did what. */
@Controller
class AuditController {

    private static final int PAGE = 50;

    private final AuditLog log;
    private final Verification verification;
    private final Readers readers;

    AuditController(AuditLog log, Verification verification, Readers readers) {
        this.log = log;
        this.verification = verification;
        this.readers = readers;
    }

    /** What is looked for, as it stands in the address; empty texts for nothing. */
    record Filter(String who, String action, String on, String from, String to) {

        public boolean isNarrow() {
            return !(who + action + on + from + to).isEmpty();
        }

        String address(Map<String, String> more) {
            var address = UriComponentsBuilder.fromPath("/audit");
            var names = new ArrayList<>(List.of("who", "action", "on", "from", "to"));
            var values = new ArrayList<>(List.of(who, action, on, from, to));
            more.forEach((name, value) -> {
                names.add(name);
                values.add(value);
            });
            for (var i = 0; i < names.size(); i++) {
                if (!values.get(i).isEmpty()) {
                    address.queryParam(names.get(i), values.get(i));
                }
            }
            return address.encode().toUriString();
        }
    }

    /** What the log says about itself: how it looks, the key of its text, and the values in it. */
    record Proof(String tone, String text, String lines, String broken, String hash) {}

    /** An action to choose; {@code text} is a key. */
    record Choice(String word, String text) {}

    @GetMapping("/audit")
    @Needs(Right.READ_AUDIT)
    String page(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String on,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(required = false) @Nullable String verify,
            Locale locale,
            Model model) {
        var reader = readers.of(caller, locale);
        var filter = new Filter(text(who), text(action), text(on), text(from), text(to));
        var found = log.find(query(reader, filter, text(before)));
        var lines = new AuditLines(reader);
        var shown = found.stream().limit(PAGE).map(lines::line).toList();
        model.addAttribute("filter", filter);
        model.addAttribute("lines", shown);
        model.addAttribute(
                "actions",
                List.of(Action.values()).stream()
                        .map(one -> new Choice(one.word(), "audit.action." + one.word()))
                        .toList());
        model.addAttribute(
                "earlier",
                found.size() > PAGE
                        ? filter.address(
                                Map.of("before", Long.toString(shown.getLast().number())))
                        : "");
        if (verify != null) {
            model.addAttribute("proof", proof(caller));
        }
        return "console/audit";
    }

    private Proof proof(Caller caller) {
        var verdict = verification.verify(caller.company());
        return verdict.broken()
                .map(broken -> new Proof(
                        "danger",
                        "audit.broken." + broken.flaw(),
                        Long.toString(verdict.lines()),
                        Long.toString(broken.number()),
                        verdict.hash()))
                .orElseGet(
                        () -> new Proof("success", "audit.whole", Long.toString(verdict.lines()), "", verdict.hash()));
    }

    /** What cannot be read is not looked for. */
    private static AuditQuery query(Reader reader, Filter filter, String before) {
        var zone = reader.company().zone();
        return new AuditQuery(
                reader.id(),
                Optional.of(filter.who()).filter(text -> !text.isEmpty()),
                Action.of(filter.action()),
                Optional.of(filter.on()).filter(text -> !text.isEmpty()),
                day(filter.from(), zone, 0),
                day(filter.to(), zone, 1),
                Optional.of(before).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong),
                PAGE + 1);
    }

    private static Optional<Instant> day(String written, ZoneId zone, int later) {
        try {
            return written.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(written)
                            .plusDays(later)
                            .atStartOfDay(zone)
                            .toInstant());
        } catch (DateTimeParseException noDay) {
            return Optional.empty();
        }
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "").strip();
    }
}
