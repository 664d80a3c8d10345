package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connection.ConnectionSetup;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Connectors;
import io.patchbay.connector.Operation;
import io.patchbay.connector.SettingProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Connecting a system: the catalogue of connectors, then the form of the chosen one. */
@Controller
class CatalogueController {

    /** What a customer would ask about; in this order. */
    private static final Set<Operation> TOLD = EnumSet.of(
            Operation.DECODE_HOOK,
            Operation.LIST_CALLS,
            Operation.FETCH_RECORDING,
            Operation.ORIGINATE,
            Operation.FIND_CLIENT,
            Operation.CREATE_CLIENT,
            Operation.SHOW_CARD,
            Operation.LOG_CALL,
            Operation.ATTACH_RECORDING,
            Operation.CREATE_TASK);

    private static final Set<Operation> OF_A_PBX =
            EnumSet.of(Operation.DECODE_HOOK, Operation.LIST_CALLS, Operation.FETCH_RECORDING, Operation.ORIGINATE);

    private final Connectors connectors;
    private final ConnectionSetup setup;
    private final Readers readers;

    CatalogueController(Connectors connectors, ConnectionSetup setup, Readers readers) {
        this.connectors = connectors;
        this.setup = setup;
        this.readers = readers;
    }

    /** The connectors of one kind; {@code title} is a key. */
    record Shelf(String title, List<Item> items) {}

    /**
     * A connector to choose.
     *
     * @param can    keys of what it does
     * @param cannot keys of what one might expect and it does not do
     */
    record Item(String id, String title, String icon, List<String> can, List<String> cannot) {}

    @GetMapping("/connections/new")
    @Needs(Right.CHANGE_CONNECTIONS)
    String catalogue(Model model) {
        model.addAttribute(
                "shelves",
                Stream.of(Connector.Kind.values())
                        .map(this::shelf)
                        .filter(shelf -> !shelf.items().isEmpty())
                        .toList());
        model.addAttribute("broken", connectors.setAside().keySet());
        return "console/catalogue";
    }

    private Shelf shelf(Connector.Kind kind) {
        return new Shelf(
                "catalogue.kind." + kind.word(),
                connectors.all().stream()
                        .filter(connector -> connector.kind() == kind)
                        .map(CatalogueController::item)
                        .toList());
    }

    static Item item(Connector connector) {
        var expected = TOLD.stream()
                .filter(operation -> OF_A_PBX.contains(operation) == (connector.kind() == Connector.Kind.PBX))
                .toList();
        return new Item(
                connector.id(),
                connector.title(),
                Lamp.icon(connector.id()),
                expected.stream()
                        .filter(operation -> does(connector, operation))
                        .map(CatalogueController::key)
                        .toList(),
                expected.stream()
                        .filter(operation -> !does(connector, operation))
                        .map(CatalogueController::key)
                        .toList());
    }

    /** A call is written either at once or by opening and closing it. */
    private static boolean does(Connector connector, Operation operation) {
        return connector.declares(operation)
                || (operation == Operation.LOG_CALL && connector.declares(Operation.CLOSE_CALL));
    }

    private static String key(Operation operation) {
        return "ability." + operation.word();
    }

    @GetMapping("/connections/new/{connector}")
    @Needs(Right.CHANGE_CONNECTIONS)
    String form(
            @AuthenticationPrincipal Caller caller, @PathVariable("connector") String id, Locale locale, Model model) {
        var connector = find(id);
        var form = new SettingsForm(connector, readers.of(caller, locale).texts());
        return page(connector, connector.title(), "", form.fields(Map.of(), Set.of()), locale, model);
    }

    @PostMapping("/connections/new/{connector}")
    @Needs(Right.CHANGE_CONNECTIONS)
    String add(
            @AuthenticationPrincipal Caller caller,
            @PathVariable("connector") String id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(defaultValue = "") String title,
            Locale locale,
            Model model) {
        var connector = find(id);
        var form = new SettingsForm(connector, readers.of(caller, locale).texts());
        return switch (setup.add(caller.company(), id, title, form.changes(typed))) {
            case ConnectionSetup.Saved saved ->
                "redirect:/connections/" + saved.connection().id().value() + "?added";
            case ConnectionSetup.Refused refused ->
                page(
                        connector,
                        title,
                        titleProblem(form, refused.problems()),
                        form.again(typed, refused.problems(), Set.of()),
                        locale,
                        model);
        };
    }

    /** What is wrong with the connection's name, in words; empty when nothing is. */
    static String titleProblem(SettingsForm form, List<SettingProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.setting().equals(SettingsForm.TITLE))
                .map(form::problem)
                .findFirst()
                .orElse("");
    }

    private static String page(
            Connector connector,
            String title,
            String titleProblem,
            List<SettingField> fields,
            Locale locale,
            Model model) {
        model.addAttribute("item", item(connector));
        model.addAttribute("name", title);
        model.addAttribute("titleProblem", titleProblem);
        model.addAttribute("fields", fields);
        model.addAttribute("guide", Guide.of(connector, locale));
        return "console/connect";
    }

    private Connector find(String id) {
        return connectors.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
