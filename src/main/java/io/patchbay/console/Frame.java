package io.patchbay.console;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param company  name of the signed-in company, empty before sign-in
 * @param person   name of the signed-in user, empty before sign-in
 * @param language of this page
 * @param path     of this page, to come back to after the language was switched
 */
record Frame(String company, String person, Language language, List<Tab> tabs, String path) {

    /** An entry of the navigation; {@code text} is a key. */
    record Tab(String href, String text, String icon, boolean current) {}

    static List<Tab> tabs(String path) {
        return List.of(
                new Tab("/", "nav.calls", "phone", path.equals("/")),
                new Tab("/connections", "nav.connections", "plug", path.startsWith("/connections")),
                new Tab("/employees", "nav.employees", "users", path.startsWith("/employees")));
    }

    public boolean isSignedIn() {
        return !person.isEmpty();
    }

    public List<Language> languages() {
        return List.of(Language.values());
    }
}
