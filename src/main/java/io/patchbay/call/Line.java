package io.patchbay.call;

/** The company's number that was dialled. @param number E.164 when it is a public number, else as the PBX names it */
public record Line(String number) {}
