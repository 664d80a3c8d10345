package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.company.Companies;
import io.patchbay.watch.HabitBook;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** When the company works, and after how much of that time the silence of its PBX is told. */
@Controller
class HoursController {

    private final HabitBook habits;
    private final Companies companies;

    HoursController(HabitBook habits, Companies companies) {
        this.habits = habits;
        this.companies = companies;
    }

    /** A day of the week with its name in the reader's language. */
    record Day(String id, String title) {}

    @GetMapping("/connections/hours")
    @Needs(Right.CHANGE_CONNECTIONS)
    String form(
            @AuthenticationPrincipal Caller caller,
            @RequestParam Map<String, String> told,
            Locale locale,
            Model model) {
        model.addAttribute("saved", told.containsKey("saved"));
        return page(HoursForm.of(habits.of(caller.company())), Map.of(), caller, locale, model);
    }

    @PostMapping("/connections/hours")
    @Needs(Right.CHANGE_CONNECTIONS)
    String save(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "day", required = false) List<String> days,
            @RequestParam(defaultValue = "") String opens,
            @RequestParam(defaultValue = "") String closes,
            @RequestParam(defaultValue = "") String silence,
            Locale locale,
            Model model) {
        var form = new HoursForm(days == null ? List.of() : days, opens, closes, silence);
        var problems = form.problems();
        if (!problems.isEmpty()) {
            return page(form, problems, caller, locale, model);
        }
        habits.set(caller.company(), form.habits());
        return "redirect:/connections/hours?saved";
    }

    private String page(HoursForm form, Map<String, String> problems, Caller caller, Locale locale, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute(
                "days",
                Arrays.stream(DayOfWeek.values())
                        .map(day -> new Day(day.name(), day.getDisplayName(TextStyle.FULL_STANDALONE, locale)))
                        .toList());
        model.addAttribute("zone", companies.get(caller.company()).zone().getId());
        return "console/hours";
    }
}
