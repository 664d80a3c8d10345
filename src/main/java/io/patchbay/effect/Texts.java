package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
import io.patchbay.company.Company;
import io.patchbay.company.Wording;
import java.time.Instant;

/** What the hub writes into connected systems, in the company's language. */
final class Texts {

    static final String BUNDLE = "io.patchbay.effect.texts";

    private final Wording wording;

    Texts(Company company) {
        this.wording = new Wording(company, BUNDLE);
    }

    String callBackTitle(String client) {
        return wording.say("missed.title", client);
    }

    String callTitle(String client) {
        return wording.say("call.title", client);
    }

    String missedText(Call call, String client) {
        return aboutCall("missed.text", call, client);
    }

    String callText(Call call, String client) {
        return aboutCall("call.text", call, client);
    }

    /**
     * Of a client who asked to be called back.
     *
     * @param words   what he wrote, perhaps nothing
     * @param failure why he was not called, perhaps unknown
     */
    String askedText(Call call, String client, String words, String failure) {
        return wording.say("asked.text", client, time(call.startedAt()), words, failure)
                .strip();
    }

    /** @param orders one a line */
    String openOrders(String orders) {
        return wording.say("orders.open", orders);
    }

    String result(CallResult result) {
        return wording.say("result." + result.name());
    }

    String time(Instant at) {
        return wording.time(at);
    }

    private String aboutCall(String key, Call call, String client) {
        return wording.say(
                call.line().isPresent() ? key : key + ".noLine",
                client,
                time(call.startedAt()),
                call.line().map(line -> line.number()).orElse(""),
                call.waitTime().toSeconds());
    }
}
