package io.patchbay.console;

import io.patchbay.directory.ListedEmployee;
import java.util.List;
import java.util.Optional;

/**
 * Who works for the company and what each connected system calls them.
 *
 * @param systems those that know people
 * @param active  people who work here
 * @param left    people who left; old calls still name them
 */
record EmployeesPage(List<Column> systems, List<Row> active, List<Row> left, int unmatched) {

    /**
     * A connected system.
     *
     * @param lists    it can be asked who works there
     * @param held     a list that is not believed and waits for a person
     * @param accept   whether that list may be accepted
     * @param before   people before, when a list is held
     * @param now      people in the list that is held
     */
    record Column(long id, String title, boolean lists, boolean held, boolean accept, int before, int now) {}

    /** @param places in the order of the systems */
    record Row(long id, String name, String extension, String email, List<Place> places) {

        public boolean isUnmatched() {
            return places.stream().anyMatch(place -> !place.known());
        }
    }

    /**
     * What one system calls one person.
     *
     * @param title the name there, when it is another one than here, else the id
     */
    record Place(boolean known, String title, String id) {

        static final Place NONE = new Place(false, "", "");

        static Place of(String id, Optional<ListedEmployee> told, String name) {
            return new Place(
                    true,
                    told.map(ListedEmployee::name)
                            .filter(other -> !other.isBlank() && !other.equals(name))
                            .orElse(id),
                    id);
        }
    }
}
