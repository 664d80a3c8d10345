package io.patchbay.workshop;

/** A told case that nobody can follow: its message says where and what would be right. */
public final class ContractProblem extends RuntimeException {

    public ContractProblem(String message) {
        super(message);
    }

    ContractProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
