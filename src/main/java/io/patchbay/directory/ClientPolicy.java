package io.patchbay.directory;

import java.util.Optional;

/** Whose word counts when two connected systems know the same client. What a person set by hand counts before all of them. */
public sealed interface ClientPolicy {

    /** Whoever told last. */
    record Newest() implements ClientPolicy {}

    /** One system; the others fill in what it leaves empty. */
    record Master(long connection) implements ClientPolicy {}

    /** What stands stays until a person has chosen. */
    record Ask() implements ClientPolicy {}

    ClientPolicy USUAL = new Newest();

    /** How it is written in the database and in the API. */
    default String word() {
        return switch (this) {
            case Newest ignored -> "NEWEST";
            case Master ignored -> "MASTER";
            case Ask ignored -> "ASK";
        };
    }

    /** @param master the connection; counts with MASTER only */
    static Optional<ClientPolicy> of(String word, long master) {
        return switch (word) {
            case "NEWEST" -> Optional.of(new Newest());
            case "MASTER" -> Optional.of(new Master(master));
            case "ASK" -> Optional.of(new Ask());
            default -> Optional.empty();
        };
    }
}
