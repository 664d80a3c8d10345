package io.patchbay.effect;

import io.patchbay.call.NumberPlan;
import io.patchbay.call.PhoneNumber;
import io.patchbay.call.RecordingFact;
import io.patchbay.call.Seat;
import io.patchbay.caller.Acquaintance;
import io.patchbay.company.Company;
import io.patchbay.connector.Operation;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientRecord;
import io.patchbay.journal.StoredCall;
import io.patchbay.rules.Occasion;
import io.patchbay.rules.Responsible;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the input of each operation for one call and one connection, as docs/architecture.md, "Operations", has it. */
final class Inputs {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final StoredCall stored;
    private final Company company;
    private final Receiver receiver;
    private final People people;
    private final RecordingLinks links;

    Inputs(StoredCall stored, Company company, Receiver receiver, People people, RecordingLinks links) {
        this.stored = stored;
        this.company = company;
        this.receiver = receiver;
        this.people = people;
        this.links = links;
    }

    /**
     * @param ledger the effects so far, which name the entry
     * @param client empty while unknown
     * @param known  what all connected systems say of him
     */
    ObjectNode of(Step step, List<Effect> ledger, Optional<ClientRecord> client, Acquaintance known, Instant now) {
        var input = JSON.objectNode();
        if (step.kind().tellsOfClient()) {
            known(known).ifPresent(view -> input.set("known", view));
        }
        input.set("call", call(now));
        client.ifPresent(card -> input.set("client", client(card)));
        entry(ledger).ifPresent(entry -> input.put("entry", entry));
        switch (step.kind()) {
            case CREATE_CLIENT -> {
                number(input, phone());
                known.client()
                        .map(Client::name)
                        .filter(name -> !name.isBlank())
                        .ifPresent(name -> input.put("name", name));
                input.set("employee", responsible(step, occasion(ledger, client, now), client, known));
                receiver.rules()
                        .newClient(occasion(ledger, client, now))
                        .kind()
                        .ifPresent(kind -> input.put("kind", kind));
            }
            case OPEN_CALL -> input.set("employee", employee(step.first().seat()));
            case CLOSE_CALL -> input.set("employee", responsible(step, occasion(ledger, client, now), client, known));
            case LOG_CALL -> {
                input.set("employee", responsible(step, occasion(ledger, client, now), client, known));
                recordingOfEntry().ifPresent(recording -> input.set("recording", recording(recording)));
            }
            case SHOW_CARD, HIDE_CARD -> input.set("employees", employees(step));
            case ATTACH_RECORDING -> {
                logged(ledger).ifPresent(id -> input.put("logged", id));
                input.set("recording", recording(recording(step.first().subject())));
            }
            case CREATE_TASK -> task(input, step, occasion(ledger, client, now), client, known, now);
        }
        return input;
    }

    ObjectNode findClient(PhoneNumber number) {
        var input = JSON.objectNode();
        number(input, number);
        var forms = input.putArray("forms");
        new NumberPlan(company.region()).spellings(number).forEach(forms::add);
        return input;
    }

    ObjectNode findLogged(EffectKind kind, List<Effect> ledger, Optional<ClientRecord> client, Instant now) {
        var input = JSON.objectNode();
        input.set("call", call(now));
        client.ifPresent(card -> input.set("client", client(card)));
        entry(ledger).ifPresent(entry -> input.put("entry", entry));
        return input.put("kind", kind.operation().word());
    }

    private ObjectNode call(Instant now) {
        return CallView.of(stored.id(), stored.call(), company.zone(), now, links.page(stored.id()));
    }

    private static void number(ObjectNode input, PhoneNumber number) {
        input.put("number", number.e164());
        input.put("national", number.national());
    }

    private static ObjectNode client(ClientRecord client) {
        var view = JSON.objectNode().put("kind", client.kind()).put("id", client.id());
        view.put("name", client.name());
        client.url().ifPresent(url -> view.put("url", url));
        client.owner().ifPresent(owner -> view.put("owner", owner));
        return view;
    }

    /** Several seats of one person are one employee. */
    private JsonNode employees(Step step) {
        var each = new LinkedHashMap<String, JsonNode>();
        for (var part : step.parts()) {
            var employee = employee(part.seat());
            each.putIfAbsent(employee.hasNonNull("id") ? employee.get("id").asString() : part.subject(), employee);
        }
        return JSON.arrayNode().addAll(each.values());
    }

    /** Who the target does not know never holds anything up: the default employee stands in for him. */
    private JsonNode employee(Optional<Seat> seat) {
        var person = seat.flatMap(this::person);
        return person.filter(p -> p.id().isPresent())
                .or(this::standIn)
                .or(() -> person)
                .map(Inputs::employee)
                .orElse(JSON.nullNode());
    }

    private Optional<People.Person> person(Seat seat) {
        return people.at(stored.company(), stored.connection(), seat, receiver.connection());
    }

    private Optional<People.Person> standIn() {
        return receiver.defaultEmployee().map(People.Person::known);
    }

    private static JsonNode employee(People.Person person) {
        var view = JSON.objectNode();
        view.put("id", person.id().orElse(null));
        view.put("extension", person.extension().orElse(null));
        view.put("name", person.name().orElse(null));
        view.put("email", person.email().orElse(null));
        return view;
    }

    private Occasion occasion(List<Effect> ledger, Optional<ClientRecord> client, Instant now) {
        var madeByThisCall = ledger.stream().anyMatch(e -> e.kind() == EffectKind.CREATE_CLIENT);
        return new Occasion(stored.call(), stored.call().result(now), client.isPresent() && !madeByThisCall);
    }

    /** By the rule; where its person does not exist, whoever the plan chose among those of the call. */
    private JsonNode responsible(Step step, Occasion occasion, Optional<ClientRecord> client, Acquaintance known) {
        var rule = receiver.rules().responsible(occasion);
        return Optional.of(rule)
                .filter(one ->
                        !(one instanceof Responsible.OfCall)) // the plan chose him, and a retry chooses nobody else
                .flatMap(one -> person(one, client, known))
                .map(Inputs::employee)
                .orElseGet(() -> employee(step.first().seat()));
    }

    private Optional<People.Person> person(Responsible rule, Optional<ClientRecord> client, Acquaintance known) {
        return switch (rule) {
            case Responsible.OfCall ofCall ->
                Planner.responsible(ofCall, stored.call())
                        .flatMap(this::person)
                        .filter(person -> person.id().isPresent());
            case Responsible.ClientsManager ignored -> manager(client, known);
            case Responsible.Fixed fixed -> Optional.of(People.Person.known(fixed.employee()));
        };
    }

    /** Who looks after the client in this target; where it does not say, by the company's directory. */
    private Optional<People.Person> manager(Optional<ClientRecord> client, Acquaintance known) {
        return client.flatMap(ClientRecord::owner)
                .or(() -> known.owner()
                        .flatMap(owner -> Optional.ofNullable(owner.ids().get(receiver.connection()))))
                .map(People.Person::known);
    }

    /** What other systems know of the client; empty when they know nothing. */
    private Optional<ObjectNode> known(Acquaintance known) {
        if (known.client().isEmpty() && known.orders().isEmpty()) {
            return Optional.empty();
        }
        var view = JSON.objectNode();
        known.client().ifPresent(client -> {
            view.put("name", client.name());
            view.put("vip", client.vip());
        });
        known.owner()
                .map(owner -> new People.Person(
                        Optional.ofNullable(owner.ids().get(receiver.connection())),
                        owner.employee().extension().map(extension -> extension.digits()),
                        Optional.of(owner.employee().name()),
                        owner.employee().email()))
                .ifPresent(owner -> view.set("owner", employee(owner)));
        var orders = view.putArray("orders");
        known.openOrders().forEach(order -> orders.add(OrderView.of(order, company.zone())));
        return Optional.of(view);
    }

    private void task(
            ObjectNode input,
            Step step,
            Occasion occasion,
            Optional<ClientRecord> client,
            Acquaintance known,
            Instant now) {
        var rule = receiver.rules()
                .task(occasion)
                .orElseThrow(() -> new IllegalStateException("A task is planned only by a rule."));
        var seat = step.first().seat();
        input.set(
                "employee",
                rule.whom()
                        .flatMap(whom -> person(whom, client, known))
                        .or(() -> manager(client, known))
                        .or(this::standIn)
                        .map(Inputs::employee)
                        .orElseGet(() -> employee(seat)));
        var texts = new TaskTexts(new Texts(company), occasion, client, known, seat.flatMap(this::person));
        input.put("title", texts.title(rule));
        input.put("text", texts.text(rule));
        var deadline = stored.call().endedAt().orElse(now).plus(rule.deadline());
        input.put(
                "deadline",
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        deadline.atZone(company.zone()).toOffsetDateTime()));
        input.put("deadlineEpoch", deadline.getEpochSecond());
    }

    private PhoneNumber phone() {
        if (stored.call().client() instanceof PhoneNumber phone) {
            return phone;
        }
        throw new IllegalStateException("Only a call with a public number has a client.");
    }

    /** A target that takes recordings later gets none with the entry, lest it stands there twice. */
    private Optional<RecordingFact> recordingOfEntry() {
        return receiver.can(Operation.ATTACH_RECORDING)
                ? Optional.empty()
                : Planner.recordings(stored.call()).stream().findFirst();
    }

    private RecordingFact recording(String key) {
        return stored.call().recordings().stream()
                .filter(recording -> Planner.recordingKey(recording).equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An effect names a recording the call does not have."));
    }

    private ObjectNode recording(RecordingFact recording) {
        return links.recording(stored.company(), stored.id(), recording, receiver.takesContent());
    }

    private static Optional<String> entry(List<Effect> ledger) {
        return idOf(ledger, EffectKind.OPEN_CALL).or(() -> idOf(ledger, EffectKind.LOG_CALL));
    }

    private static Optional<String> logged(List<Effect> ledger) {
        return idOf(ledger, EffectKind.CLOSE_CALL)
                .or(() -> idOf(ledger, EffectKind.LOG_CALL))
                .or(() -> entry(ledger));
    }

    private static Optional<String> idOf(List<Effect> ledger, EffectKind kind) {
        return ledger.stream()
                .filter(e -> e.kind() == kind)
                .flatMap(e -> e.externalId().stream())
                .findFirst();
    }
}
