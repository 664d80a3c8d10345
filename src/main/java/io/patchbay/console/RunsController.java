package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import io.patchbay.backfill.CatchUps;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Connectors;
import io.patchbay.replay.Replays;
import io.patchbay.run.NotBegunException;
import io.patchbay.run.Range;
import io.patchbay.run.Run;
import io.patchbay.run.Runs;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Long pieces of work: how far they are, starting and stopping them. */
@Controller
class RunsController {

    /** The newest; older ones are left to the API. */
    private static final int SHOWN = 100;

    private final Runs runs;
    private final Connections connections;
    private final Connectors connectors;
    private final Replays replays;
    private final CatchUps catchUps;
    private final Audit audit;
    private final Readers readers;

    RunsController(
            Runs runs,
            Connections connections,
            Connectors connectors,
            Replays replays,
            CatchUps catchUps,
            Audit audit,
            Readers readers) {
        this.runs = runs;
        this.replays = replays;
        this.catchUps = catchUps;
        this.connections = connections;
        this.connectors = connectors;
        this.audit = audit;
        this.readers = readers;
    }

    @GetMapping("/runs")
    @Needs(Right.REPLAY)
    String list(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        var reader = readers.of(caller, locale);
        var systems = Systems.of(reader.id(), connections, connectors);
        model.addAttribute(
                "lines",
                runs.list(reader.id(), Long.MAX_VALUE, SHOWN).stream()
                        .map(run -> RunLine.of(run, reader, systems))
                        .toList());
        model.addAttribute("receivers", systems.receivers());
        model.addAttribute("histories", catchUps.possible(reader.id()));
        return "console/runs";
    }

    /** From the beginning of the first day to the end of the last; the reader starts it after having seen what it would do. */
    @PostMapping("/runs/replay")
    @Needs(Right.REPLAY)
    String replay(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(defaultValue = "0") long connection,
            Locale locale,
            RedirectAttributes told) {
        var reader = readers.of(caller, locale);
        return begun(
                reader,
                told,
                () -> replays.between(
                        caller.company(),
                        days(reader, from, to),
                        Optional.of(connection).filter(id -> id > 0),
                        caller.name(),
                        true));
    }

    @PostMapping("/runs/catch-up")
    @Needs(Right.REPLAY)
    String catchUp(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(defaultValue = "0") long connection,
            Locale locale,
            RedirectAttributes told) {
        var reader = readers.of(caller, locale);
        return begun(
                reader,
                told,
                () -> catchUps.begin(
                        caller.company(), new ConnectionId(connection), days(reader, from, to), caller.name()));
    }

    private static Range days(Reader reader, @Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null || to == null) {
            throw new NotBegunException("from", "no-days", 0, "must be given, and to.");
        }
        var zone = reader.company().zone();
        return new Range(
                from.atStartOfDay(zone).toInstant(),
                to.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private String begun(Reader reader, RedirectAttributes told, Supplier<Run> begin) {
        try {
            var run = begin.get();
            audit.note(run.company(), Deed.of(Action.RUN_BEGUN, run.id(), run.kind()));
            return "redirect:/runs/" + run.id();
        } catch (NotBegunException refused) {
            told.addFlashAttribute("refused", reader.texts().of("run.refused." + refused.word(), refused.value()));
            return "redirect:/runs";
        }
    }

    /** The same list again, for a page that is open. */
    @GetMapping("/runs/live")
    @Needs(Right.REPLAY)
    String live(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        list(caller, locale, model);
        return "console/runs :: live";
    }

    @GetMapping("/runs/{id:\\d{1,18}}")
    @Needs(Right.REPLAY)
    String page(@AuthenticationPrincipal Caller caller, @PathVariable long id, Locale locale, Model model) {
        var reader = readers.of(caller, locale);
        var systems = Systems.of(reader.id(), connections, connectors);
        model.addAttribute("run", RunLine.of(find(caller, id), reader, systems));
        return "console/run";
    }

    /** How far it is by now, for a page that is open. */
    @GetMapping("/runs/{id:\\d{1,18}}/progress")
    @Needs(Right.REPLAY)
    String progress(@AuthenticationPrincipal Caller caller, @PathVariable long id, Locale locale, Model model) {
        page(caller, id, locale, model);
        return "console/run :: progress";
    }

    @PostMapping("/runs/{id:\\d{1,18}}/start")
    @Needs(Right.REPLAY)
    String start(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
        var run = find(caller, id);
        if (runs.start(caller.company(), run.id())) {
            audit.note(caller.company(), Deed.of(Action.RUN_STARTED, run.id(), run.kind()));
        }
        return "redirect:/runs/" + id;
    }

    @PostMapping("/runs/{id:\\d{1,18}}/cancel")
    @Needs(Right.REPLAY)
    String cancel(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
        var run = find(caller, id);
        if (runs.cancel(caller.company(), run.id())) {
            audit.note(caller.company(), Deed.of(Action.RUN_CANCELLED, run.id(), run.kind()));
        }
        return "redirect:/runs/" + id;
    }

    private Run find(Caller caller, long id) {
        return runs.find(caller.company(), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
