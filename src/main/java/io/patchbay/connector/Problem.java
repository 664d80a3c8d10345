package io.patchbay.connector;

/**
 * What is wrong with a connector's folder.
 *
 * @param file  inside the folder
 * @param field dotted path inside the file, empty when the file itself is the problem
 * @param text  what is wrong and what would be right
 */
public record Problem(String file, String field, String text) {

    @Override
    public String toString() {
        return field.isEmpty() ? file + ": " + text : file + ", " + field + ": " + text;
    }
}
