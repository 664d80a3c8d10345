package io.patchbay.care;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** One thing that a running hub does when a command asks for it. */
interface Errand {

    /** The command's word. */
    String word();

    /**
     * Does it.
     *
     * @param asked  what the command gave
     * @param folder a folder of its own inside the data folder, for files that go with the answer
     * @return for the command
     * @throws CareException when it cannot be done; its message goes to the one who asked
     */
    JsonNode run(JsonNode asked, Path folder);
}
