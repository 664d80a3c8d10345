package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Right;
import java.util.List;
import java.util.Set;

/**
 * What stands around every page.
 *
 * @param company  name of the signed-in company, empty before sign-in
 * @param person   name of the signed-in user, empty before sign-in
 * @param language of this page
 * @param path     of this page, to come back to after the language was switched
 * @param rights   of the signed-in user: what is not allowed is not offered
 */
record Frame(String company, String person, Language language, List<Tab> tabs, String path, Set<Right> rights) {

    /** An entry of the navigation; {@code text} is a key. */
    record Tab(String href, String text, String icon, boolean current) {}

    private record Room(String href, String text, String icon, Right needs) {

        Tab tab(String path) {
            return new Tab(href, text, icon, href.equals("/") ? path.equals(href) : path.startsWith(href));
        }
    }

    private static final List<Room> ROOMS = List.of(
            new Room("/", "nav.calls", "phone", Right.SEE_OWN_CALLS),
            new Room("/connections", "nav.connections", "plug", Right.SEE_CONNECTIONS),
            new Room("/clients", "nav.clients", "users", Right.SEE_CLIENTS),
            new Room("/employees", "nav.employees", "users", Right.SEE_EMPLOYEES),
            new Room("/runs", "nav.runs", "clock", Right.REPLAY),
            new Room("/users", "nav.users", "key", Right.MANAGE_USERS),
            new Room("/audit", "nav.audit", "log", Right.READ_AUDIT));

    static Frame of(Caller caller, String company, Language language, String path) {
        var tabs = ROOMS.stream()
                .filter(room -> caller.may(room.needs()))
                .map(room -> room.tab(path))
                .toList();
        return new Frame(company, caller.name(), language, tabs, path, caller.rights());
    }

    static Frame ofStranger(Language language, String path) {
        return new Frame("", "", language, List.of(), path, Set.of());
    }

    /** The first page this caller may see. */
    static String home(Caller caller) {
        return ROOMS.stream()
                .filter(room -> caller.may(room.needs()))
                .map(Room::href)
                .findFirst()
                .orElse("/account");
    }

    /** @param right the name of a {@link Right}, as templates write it */
    public boolean may(String right) {
        return rights.contains(Right.valueOf(right));
    }

    public boolean isSignedIn() {
        return !person.isEmpty();
    }

    public List<Language> languages() {
        return List.of(Language.values());
    }
}
