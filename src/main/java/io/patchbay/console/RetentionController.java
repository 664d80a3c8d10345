package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.retention.Kept;
import io.patchbay.retention.Retention;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How long what is kept, and what the nightly job removed. */
@Controller
class RetentionController {

    private static final String PAGE = "console/retention";

    private final Readers readers;
    private final Retention retention;

    RetentionController(Readers readers, Retention retention) {
        this.readers = readers;
        this.retention = retention;
    }

    /** @param word of the kind, also the field's name; days: as typed */
    record Field(String word, String days, boolean wrong) {}

    record RunLine(String word, String at, String before, long removed, boolean failed) {}

    @GetMapping("/retention")
    @Needs(Right.PERSONAL_DATA)
    String page(@AuthenticationPrincipal Caller caller, Locale locale, Model model) {
        return page(caller, locale, model, Map.of());
    }

    @PostMapping("/retention")
    @Needs(Right.PERSONAL_DATA)
    String set(
            @AuthenticationPrincipal Caller caller,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model) {
        var days = new EnumMap<Kept, Integer>(Kept.class);
        var wrong = new HashMap<Kept, String>();
        for (var kind : Kept.values()) {
            var text = typed.getOrDefault(kind.word(), "").strip();
            if (text.matches("\\d{1,5}") && kind.allows(Integer.parseInt(text))) {
                days.put(kind, Integer.parseInt(text));
            } else if (typed.containsKey(kind.word())) {
                wrong.put(kind, text);
            }
        }
        if (wrong.isEmpty()) {
            retention.set(caller.company(), days);
            model.addAttribute("saved", true);
        }
        return page(caller, locale, model, wrong);
    }

    private String page(Caller caller, Locale locale, Model model, Map<Kept, String> wrong) {
        var reader = readers.of(caller, locale);
        var days = retention.of(caller.company());
        model.addAttribute(
                "fields",
                Stream.of(Kept.values())
                        .map(kind -> new Field(
                                kind.word(),
                                wrong.getOrDefault(kind, String.valueOf(days.get(kind))),
                                wrong.containsKey(kind)))
                        .toList());
        model.addAttribute("runs", lines(reader, retention.runs(caller.company())));
        return PAGE;
    }

    private static List<RunLine> lines(Reader reader, List<Retention.Run> runs) {
        return runs.stream()
                .map(run -> new RunLine(
                        run.kind().word(),
                        reader.clock().moment(run.ended()),
                        reader.clock().day(run.before()),
                        run.removed(),
                        run.error().isPresent()))
                .toList();
    }
}
