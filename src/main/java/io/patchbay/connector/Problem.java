package io.patchbay.connector;

/**
 * What is wrong with a connector's folder.
 *
 * @param file  inside the folder
 * @param line  1 for the first, 0 when the file as a whole is the problem
 * @param field dotted path inside the file, empty when the file itself is the problem
 * @param text  what is wrong and what would be right
 */
public record Problem(String file, int line, String field, String text) {

    Problem(String file, String field, String text) {
        this(file, 0, field, text);
    }

    Problem at(int otherLine) {
        return new Problem(file, otherLine, field, text);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ", line " + line : "") + (field.isEmpty() ? "" : ", " + field) + ": " + text;
    }
}
