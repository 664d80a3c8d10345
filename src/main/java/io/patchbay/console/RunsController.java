package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connection.Connections;
import io.patchbay.connector.Connectors;
import io.patchbay.run.Run;
import io.patchbay.run.Runs;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Long pieces of work: how far they are, starting and stopping them. */
@Controller
class RunsController {

    /** The newest; older ones are left to the API. */
    private static final int SHOWN = 100;

    private final Runs runs;
    private final Connections connections;
    private final Connectors connectors;
    private final Readers readers;

    RunsController(Runs runs, Connections connections, Connectors connectors, Readers readers) {
        this.runs = runs;
        this.connections = connections;
        this.connectors = connectors;
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
        return "console/runs";
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
        runs.start(caller.company(), find(caller, id).id());
        return "redirect:/runs/" + id;
    }

    @PostMapping("/runs/{id:\\d{1,18}}/cancel")
    @Needs(Right.REPLAY)
    String cancel(@AuthenticationPrincipal Caller caller, @PathVariable long id) {
        runs.cancel(caller.company(), find(caller, id).id());
        return "redirect:/runs/" + id;
    }

    private Run find(Caller caller, long id) {
        return runs.find(caller.company(), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
