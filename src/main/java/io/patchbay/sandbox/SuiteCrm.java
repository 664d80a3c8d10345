package io.patchbay.sandbox;

import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A simulated SuiteCRM with both of its interfaces, as a running 7.13 behaved: contracts/crm/suitecrm.md and its section 11. It swallows what the real
 * one swallows; {@link #problems()} tells what that was.
 *
 * <p>It starts with one administrator. Set-up and query methods may be called from any thread.
 */
public final class SuiteCrm extends SimulatedServer {

    /** The administrator that is there from the start. */
    public static final String ADMIN = "1";

    private final Access access =
            new Access("3d7f3fda-97d8-e2b9-ad0b-5a2fe9b07650", "suite-client-secret-7Qp1", "hub", "suite-Passw0rd-3x");
    private final Set<SuiteModule> closed = EnumSet.noneOf(SuiteModule.class);
    private final SuiteRecords records;
    private final SuiteLogin login;
    private final SuiteV8 v8;
    private final SuiteV41 legacy;

    public SuiteCrm(Clock clock) {
        records = new SuiteRecords(clock);
        login = new SuiteLogin(clock, access);
        v8 = new SuiteV8(records, closed);
        legacy = new SuiteV41(records, login, closed);
        records.create(
                SuiteModule.USERS,
                ADMIN,
                Map.of("user_name", "admin", "last_name", "Administrator", "status", "Active", "is_admin", "1"));
    }

    /** What an administrator copies into the hub. */
    public record Access(String clientId, String clientSecret, String user, String password) {}

    /** A record as the database has it, with the ids of the records it is linked to. */
    public record Row(String id, Map<String, String> values, Set<String> linked) {
        public String value(String field) {
            return values.getOrDefault(field, "");
        }
    }

    public Access access() {
        return access;
    }

    public synchronized String add(String module, Map<String, String> values) {
        return records.create(of(module), "", values).id;
    }

    public synchronized String addContact(String lastName, String phone) {
        return add("Contacts", Map.of("last_name", lastName, "phone_mobile", phone));
    }

    public synchronized String addUser(String userName, String lastName, String phoneWork) {
        var values = new LinkedHashMap<String, String>();
        values.put("user_name", userName);
        values.put("last_name", lastName);
        values.put("phone_work", phoneWork);
        values.put("email1", userName + "@example.com");
        values.put("status", "Active");
        return add("Users", values);
    }

    public synchronized void set(String module, String id, String field, String value) {
        records.write(records.find(of(module), id).orElseThrow(), Map.of(field, value));
    }

    /** To the bin: gone for every reader, but its key stays taken. */
    public synchronized void delete(String module, String id) {
        records.find(of(module), id).orElseThrow().deleted = true;
    }

    public synchronized List<Row> rows(String module) {
        return records.all(of(module), record -> true).stream()
                .map(r -> new Row(r.id, Map.copyOf(r.values), Set.copyOf(r.linked)))
                .toList();
    }

    /** A field made in the studio, e.g. {@code recording_url_c}. */
    public synchronized void addField(String module, String name) {
        records.addField(of(module), name);
    }

    /** The role of the hub's user no longer lets it into this module. */
    public synchronized void close(String module) {
        closed.add(of(module));
    }

    /** As the tables of newer installations are: characters outside the basic plane are kept. */
    public synchronized void fullUnicode() {
        records.fullUnicode();
    }

    /** Tokens and sessions end at once. */
    public synchronized void forgetLogins() {
        login.forgetAll();
    }

    public synchronized int logins() {
        return login.logins();
    }

    /** What was done wrong and taken without a word. */
    public synchronized List<String> problems() {
        return List.copyOf(records.problems());
    }

    private static SuiteModule of(String module) {
        return SuiteModule.of(module).orElseThrow();
    }

    @Override
    protected Reply answer(Request request) {
        var path = request.path();
        if (path.equals("/service/v4_1/rest.php") && request.method().equals("POST")) {
            return legacy.answer(request);
        }
        if (path.equals("/Api/access_token") && request.method().equals("POST")) {
            return login.token(request);
        }
        if (path.startsWith("/Api/V8/")) {
            return login.refused(request).orElseGet(() -> v8.answer(request));
        }
        return Reply.of(404, "text/html", "<html><body>Not found</body></html>");
    }
}
