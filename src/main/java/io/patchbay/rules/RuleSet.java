package io.patchbay.rules;

import io.patchbay.call.Call;
import io.patchbay.call.CallResult;
import io.patchbay.call.Direction;
import io.patchbay.call.Extension;
import io.patchbay.call.HiddenNumber;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.ResponsibleRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is to be done for a company's calls in one connected system: the first rule that fits a call and speaks of a matter decides that matter, after the
 * last the shipped ones do. The {@link #DEFAULT} has none of its own, so that the first call works untouched.
 *
 * @param callBack      who calls clients that ask to be called back, by his id in the connected system; empty for the connection's default employee
 * @param orders        what new orders of this connection, which is a shop, lead to; empty for what its settings say
 * @param recordingWait how long an answered call waits for its recording before it is logged, in a system that cannot take the recording later
 */
public record RuleSet(List<Rule> rules, Optional<String> callBack, Optional<OrderRule> orders, Duration recordingWait) {

    private static final Responsible LAST_WHO_SPOKE = new Responsible.OfCall(ResponsibleRule.LAST_SPOKE);

    /** What ships. A colleague's call gets no entry, and only who calls us becomes a client. */
    private static final List<Rule> SHIPPED = List.of(
            Rule.of(CallKind.INTERNAL).popUp(PopUp.NEVER).log(false).newClient(NewClient.NONE),
            Rule.of(CallKind.INBOUND_MISSED).task(TaskRule.USUAL),
            Rule.of(CallKind.INBOUND_ANSWERED, CallKind.INBOUND_MISSED).newClient(NewClient.USUAL),
            Rule.of()
                    .popUp(PopUp.RINGING)
                    .log(true)
                    .newClient(NewClient.NONE)
                    .responsible(LAST_WHO_SPOKE)
                    .task(new TaskChoice.None()));

    public static final RuleSet DEFAULT = of();

    public RuleSet {
        rules = List.copyOf(rules);
    }

    public static RuleSet of(Rule... rules) {
        return new RuleSet(List.of(rules), Optional.empty(), Optional.empty(), Duration.ofSeconds(20));
    }

    /** Whether anything may have to be done for this call, whoever the client is and however it ends. */
    public boolean mayConcern(Call call) {
        return call.order().isPresent()
                || log(new Occasion(call, CallResult.IN_PROGRESS, true))
                || log(new Occasion(call, CallResult.IN_PROGRESS, false));
    }

    /** Whether some rule must be told if the connected system knows the client. */
    public boolean askForClient() {
        return rules.stream().anyMatch(rule -> rule.known().isPresent());
    }

    /** Whether the call gets an entry. While it goes on: whether it may get one. One without a usable number gets it only when somebody called us. */
    public boolean log(Occasion occasion) {
        var client = occasion.call().client();
        var possible = occasion.call().direction() == Direction.OUTBOUND
                ? client instanceof PhoneNumber
                : occasion.call().direction() == Direction.INTERNAL || !(client instanceof Extension);
        return possible && kinds(occasion).stream().anyMatch(kind -> decide(kind, occasion, Rule::log));
    }

    /** When employees see a card. While it is not known how the call ends, the earliest that one of its possible kinds asks for. */
    public PopUp popUp(Occasion occasion) {
        if (!log(occasion)) {
            return PopUp.NEVER;
        }
        var wanted = kinds(occasion).stream()
                .map(kind -> decide(kind, occasion, Rule::popUp))
                .toList();
        return wanted.contains(PopUp.RINGING)
                ? PopUp.RINGING
                : wanted.contains(PopUp.ANSWERED) ? PopUp.ANSWERED : PopUp.NEVER;
    }

    /** Whether an unknown number becomes a client, now. Only a public number ever does, and only when every way the call may end wants it. */
    public NewClient newClient(Occasion occasion) {
        if (!log(occasion) || !(occasion.call().client() instanceof PhoneNumber)) {
            return NewClient.NONE;
        }
        var wanted = kinds(occasion).stream()
                .map(kind -> decide(kind, occasion, Rule::newClient))
                .distinct()
                .toList();
        return wanted.size() == 1 ? wanted.getFirst() : NewClient.NONE;
    }

    public Responsible responsible(Occasion occasion) {
        return decide(kinds(occasion).iterator().next(), occasion, Rule::responsible);
    }

    /**
     * The task this verdict asks for. A call that nobody can be called back for gets none, but a client who asked to be called and was not reached always leaves
     * one, with whatever he wrote as his number.
     */
    public Optional<TaskRule> task(Occasion occasion) {
        var call = occasion.call();
        if (!occasion.isOver()) {
            return Optional.empty();
        }
        if (isUnansweredCallBack(call)) {
            return Optional.of(chosenTask(occasion).orElse(TaskRule.USUAL));
        }
        return call.client() instanceof PhoneNumber && log(occasion) ? chosenTask(occasion) : Optional.empty();
    }

    private static boolean isUnansweredCallBack(Call call) {
        return call.answeredAt().isEmpty()
                && call.order().filter(order -> order.callBack().isPresent()).isPresent()
                && !(call.client() instanceof HiddenNumber
                        && call.order().orElseThrow().callBack().orElse("").isBlank());
    }

    private Optional<TaskRule> chosenTask(Occasion occasion) {
        return decide(kinds(occasion).iterator().next(), occasion, Rule::task) instanceof TaskRule task
                ? Optional.of(task)
                : Optional.empty();
    }

    private static Set<CallKind> kinds(Occasion occasion) {
        return CallKind.of(occasion.call(), occasion.result());
    }

    private <T> T decide(CallKind kind, Occasion occasion, Function<Rule, Optional<T>> matter) {
        return Stream.concat(rules.stream(), SHIPPED.stream())
                .filter(rule -> rule.fits(kind, occasion))
                .flatMap(rule -> matter.apply(rule).stream())
                .findFirst()
                .orElseThrow(); // the last shipped rule fits every call and speaks of every matter
    }
}
