package io.patchbay.intake;

import io.patchbay.call.CallFact;
import io.patchbay.call.NumberPlan;
import io.patchbay.company.Companies;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Operations;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Employees;
import io.patchbay.directory.Lines;
import io.patchbay.journal.ErasedPersons;
import io.patchbay.journal.FactJson;
import io.patchbay.journal.HeldHook;
import io.patchbay.journal.RawHooks;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What routes/call/join.camel.yaml calls first: from sealed bytes to what they say. */
@Component
public class DecodeSteps {

    /** A hook that could not be read so often is put aside for a person; the bytes stay. */
    private static final int MOST_READINGS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(DecodeSteps.class);

    private final SealedHooks sealed;
    private final HookSignatures signatures;
    private final RawHooks raw;
    private final Operations operations;
    private final Companies companies;
    private final Lines lines;
    private final Employees employees;
    private final ErasedPersons erased;
    private final ApplicationEventPublisher events;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<String, NumberPlan> plans = new HashMap<>();

    DecodeSteps(
            SealedHooks sealed,
            HookSignatures signatures,
            RawHooks raw,
            Operations operations,
            Companies companies,
            Lines lines,
            Employees employees,
            ErasedPersons erased,
            ApplicationEventPublisher events) {
        this.sealed = sealed;
        this.signatures = signatures;
        this.raw = raw;
        this.operations = operations;
        this.companies = companies;
        this.lines = lines;
        this.employees = employees;
        this.erased = erased;
        this.events = events;
    }

    /**
     * What a stored hook says. One that cannot be understood is put aside with the reason and says nothing; the next ones go on.
     *
     * @param delivery how often the queue has delivered it by now, 1 at first
     * @throws ConnectorException when it may be understood later
     */
    public Heard hear(byte[] bytes, @Header("JMSXDeliveryCount") int delivery) {
        var hook = sealed.open(bytes);
        var id = keep(hook, bytes);
        try {
            return understand(id, hook);
        } catch (UnreadableHookException e) {
            return putAside(id, hook, String.valueOf(e.getMessage()));
        } catch (ConnectorException e) {
            if (e.fault().passes() && e.fault() != Fault.OURS || e.fault() == Fault.OURS && delivery < MOST_READINGS) {
                throw e;
            }
            return putAside(id, hook, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (delivery < MOST_READINGS) {
                throw e;
            }
            return putAside(
                    id, hook, "The hub could not read it: " + e.getClass().getSimpleName());
        }
    }

    /** The same for a hook that waited for its turn. */
    public Heard hearHeld(@ExchangeProperty("held") HeldHook held) {
        return hear(held.sealedBody(), held.tries());
    }

    /** @return the id of its row, one for each hook however often it is kept */
    long keep(Hook hook, byte[] bytes) {
        return raw.keep(
                hook.company(),
                hook.connection().value(),
                hook.id(),
                hook.receivedAt(),
                json.writeValueAsString(hook.headers()),
                bytes);
    }

    /** Tells the rest of the hub what was heard besides facts. Called after the facts are stored. */
    public void publish(@ExchangeProperty("heard") Heard heard) {
        heard.events().forEach(events::publishEvent);
    }

    private Heard understand(long id, Hook hook) {
        var said = operations.run(hook.connection(), Operation.DECODE_HOOK, input(hook));
        var plan = planOf(hook.company());
        var facts = new ArrayList<CallFact>();
        for (var fact : said.path("facts")) {
            facts.add(FactJson.read(fact, hook.connection().value(), plan));
        }
        var heard = new ArrayList<HubEvent>();
        for (var event : said.path("events")) {
            heard.add(event(event, hook, heard.size()));
        }
        raw.understood(id, facts.size(), said.path("ignored").asString(""));
        return new Heard(hook.company(), hook.connection(), withoutErased(id, hook, facts), heard);
    }

    /** What comes late of somebody who was erased is told of nobody, and its bytes are not kept. */
    private List<CallFact> withoutErased(long id, Hook hook, List<CallFact> facts) {
        var kept =
                facts.stream().map(fact -> erased.without(hook.company(), fact)).toList();
        if (!kept.equals(facts) || erased.isNamed(hook.company(), hook.text(), hook.receivedAt())) {
            raw.forget(id);
        }
        return kept;
    }

    private ObjectNode input(Hook hook) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("method", hook.method());
        input.put("contentType", hook.contentType());
        input.put("receivedAt", hook.receivedAt().toEpochMilli());
        switch (signatures.of(hook)) {
            case NOT_ASKED -> {}
            case FITS -> input.put("signed", true);
            case NONE, WRONG -> input.put("signed", false);
        }
        var query = input.putObject("query");
        for (var pair : hook.query().split("&")) {
            var cut = pair.indexOf('=');
            if (cut > 0) {
                query.put(pair.substring(0, cut), URLDecoder.decode(pair.substring(cut + 1), StandardCharsets.UTF_8));
            }
        }
        var headers = input.putObject("headers");
        hook.headers().forEach(headers::put);
        input.set("body", HookBody.read(hook.contentType(), hook.body()));
        var known = input.putArray("lines");
        lines.of(hook.connection().value()).forEach(known::add);
        var seats = input.putObject("employees");
        employees
                .listed(hook.company(), hook.connection().value())
                .forEach(employee ->
                        seats.put(employee.id(), employee.extension().orElse("")));
        return input;
    }

    private Heard putAside(long id, Hook hook, String why) {
        if (erased.isNamed(hook.company(), hook.text(), hook.receivedAt())) {
            raw.forget(id);
        } else {
            raw.putAside(id, why);
        }
        LOG.warn(
                "hook.put-aside company={} connection={} hook={} why={}",
                hook.company(),
                hook.connection(),
                hook.id(),
                why.replaceAll("\\d{7,}", "***"));
        return new Heard(hook.company(), hook.connection(), List.of(), List.of());
    }

    private static HubEvent event(JsonNode event, Hook hook, int number) {
        var company = hook.company();
        var connection = hook.connection();
        return switch (event.path("event").asString(event.path("type").asString(""))) {
            case "subscription-ended" ->
                new HubEvent.SubscriptionEnded(
                        company, connection, event.path("subscription").asString(""));
            case "call-ordered" -> ordered(event, hook, number);
            case "connected" -> new HubEvent.Connected(company, connection, event);
            default ->
                ToldChange.read(event, company, connection, hook.receivedAt())
                        .orElseThrow(() -> new UnreadableHookException(
                                "The connector speaks of an event that the hub does not know: " + event.path("event"),
                                null));
        };
    }

    /** Known by what the target calls it or by the entry it opened, however often it is told; else only a redelivery of the same hook is the same order. */
    private static HubEvent.CallOrdered ordered(JsonNode event, Hook hook, int number) {
        var entry = event.path("entry").asString("");
        var reference = event.path("reference").asString(entry);
        return new HubEvent.CallOrdered(
                hook.company(),
                hook.connection(),
                reference.isEmpty() ? "hook:" + hook.id() + "/" + number : reference,
                event.path("employee").asString(""),
                event.path("number").asString(""),
                entry,
                event.path("line").asString(""),
                event.path("text").asString(""),
                event.path("ring").asBoolean(true),
                event.path("at").isNumber()
                        ? Instant.ofEpochMilli(event.path("at").asLong())
                        : hook.receivedAt());
    }

    private synchronized NumberPlan planOf(CompanyId company) {
        return plans.computeIfAbsent(companies.get(company).region(), NumberPlan::new);
    }

    /** What one hook said. */
    public record Heard(CompanyId company, ConnectionId connection, List<CallFact> facts, List<HubEvent> events) {}
}
