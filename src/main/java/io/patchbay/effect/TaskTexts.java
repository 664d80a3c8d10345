package io.patchbay.effect;

import io.patchbay.call.Call;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.directory.ClientRecord;
import io.patchbay.rules.Occasion;
import io.patchbay.rules.TaskRule;
import java.util.Map;
import java.util.Optional;

/** The title and the text of a task. A person reads them in the target, so the number is whole. */
record TaskTexts(Texts texts, Occasion occasion, Optional<ClientRecord> client, Optional<People.Person> employee) {

    String title(TaskRule rule) {
        return rule.title()
                .map(this::filled)
                .orElseGet(() -> isMissed() || callBack().isPresent()
                        ? texts.callBackTitle(number())
                        : texts.callTitle(number()));
    }

    String text(TaskRule rule) {
        return rule.text().map(this::filled).orElseGet(this::usual);
    }

    private String usual() {
        var call = occasion.call();
        return callBack()
                .map(words -> texts.askedText(call, number(), words, failure()))
                .orElseGet(() -> isMissed() ? texts.missedText(call, number()) : texts.callText(call, number()));
    }

    private String filled(String template) {
        var call = occasion.call();
        return TaskRule.fill(
                template,
                Map.of(
                        "number", number(),
                        "line", call.line().map(line -> line.number()).orElse(""),
                        "time", texts.time(call.startedAt()),
                        "wait", Long.toString(call.waitTime().toSeconds()),
                        "talk", Long.toString(call.talkTime().toSeconds()),
                        "client", client.map(ClientRecord::name).orElse(""),
                        "employee", employee.flatMap(People.Person::name).orElse(""),
                        "result", texts.result(occasion.result()),
                        "text", callBack().orElse("")));
    }

    private boolean isMissed() {
        return occasion.result() == io.patchbay.call.CallResult.MISSED;
    }

    private Optional<String> callBack() {
        return occasion.call().order().flatMap(OrderFact::callBack);
    }

    private String failure() {
        return Optional.of(occasion.call())
                .flatMap(Call::refusal)
                .map(refusal -> refusal.why())
                .orElse("");
    }

    private String number() {
        return written(occasion.call().client());
    }

    private static String written(Party client) {
        return client instanceof PhoneNumber phone ? phone.e164() : client.raw();
    }
}
