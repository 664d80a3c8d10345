package io.patchbay.person;

/** The number is one of the company itself: a line of its PBX, or an employee's. Its calls are with others, so nobody's data would be found by it. */
public class OwnNumberException extends RuntimeException {

    OwnNumberException() {
        super("The number belongs to the company itself: it is a line or an employee's.");
    }
}
