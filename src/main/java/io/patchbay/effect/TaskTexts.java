package io.patchbay.effect;

import static java.util.Map.entry;

import io.patchbay.call.Call;
import io.patchbay.call.OrderFact;
import io.patchbay.call.Party;
import io.patchbay.call.PhoneNumber;
import io.patchbay.caller.Acquaintance;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientOrder;
import io.patchbay.directory.ClientRecord;
import io.patchbay.rules.Occasion;
import io.patchbay.rules.TaskRule;
import java.util.Map;
import java.util.Optional;

/** The title and the text of a task. A person reads them in the target, so the number is whole. */
record TaskTexts(
        Texts texts,
        Occasion occasion,
        Optional<ClientRecord> client,
        Acquaintance known,
        Optional<People.Person> employee) {

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
                        .orElseGet(() -> isMissed() ? texts.missedText(call, number()) : texts.callText(call, number()))
                + (orders().isEmpty() ? "" : "\n" + texts.openOrders(orders()));
    }

    private String filled(String template) {
        var call = occasion.call();
        return TaskRule.fill(
                template,
                Map.ofEntries(
                        entry("number", number()),
                        entry("line", call.line().map(line -> line.number()).orElse("")),
                        entry("time", texts.time(call.startedAt())),
                        entry("wait", Long.toString(call.waitTime().toSeconds())),
                        entry("talk", Long.toString(call.talkTime().toSeconds())),
                        entry("client", name()),
                        entry("employee", employee.flatMap(People.Person::name).orElse("")),
                        entry("result", texts.result(occasion.result())),
                        entry("text", callBack().orElse("")),
                        entry("orders", orders())));
    }

    /** As the target calls him, else as the others do. */
    private String name() {
        return client.map(ClientRecord::name)
                .filter(name -> !name.isBlank())
                .or(() -> known.client().map(Client::name))
                .orElse("");
    }

    private String orders() {
        return String.join(
                "\n", known.openOrders().stream().map(ClientOrder::inShort).toList());
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
