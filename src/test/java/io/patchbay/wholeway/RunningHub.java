package io.patchbay.wholeway;

import io.patchbay.Patchbay;
import io.patchbay.company.CompanyId;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.connection.Secret;
import io.patchbay.connection.Secrets;
import io.patchbay.intake.Hooks;
import io.patchbay.sandbox.AmoAccount;
import io.patchbay.sandbox.BeelineCompany;
import io.patchbay.sandbox.BeelinePbx;
import io.patchbay.sandbox.Bitrix24Portal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The whole hub on a port and a data folder of its own, beside simulated systems. Closing and opening it again on the same folder is a restart. */
final class RunningHub implements AutoCloseable {

    static final CompanyId COMPANY = new CompanyId(1);
    static final String TOKEN = "test-token-".repeat(4);
    static final String PBX_TOKEN = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

    private final ConfigurableApplicationContext context;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningHub(Path data, String... more) {
        this(data, Clock.systemUTC(), more);
    }

    /** @param clock by which the hub lives */
    RunningHub(Path data, Clock clock, String... more) {
        port = freePort();
        var settings = new HashMap<String, Object>(Map.of(
                "server.port",
                port,
                "management.server.port",
                0,
                "patchbay.data-dir",
                data.toString(),
                "patchbay.access.api-token",
                TOKEN,
                "patchbay.intake.public-url",
                "http://127.0.0.1:" + port,
                "patchbay.api.allowed-networks",
                "127.0.0.0/8",
                "patchbay.upkeep.period",
                200,
                "patchbay.recording.period",
                200,
                "patchbay.recording.pauses",
                "200ms,500ms,1s,2s,4s",
                "patchbay.effect.sweep-period",
                200));
        for (var setting : more) {
            var cut = setting.indexOf('=');
            settings.put(setting.substring(0, cut), setting.substring(cut + 1));
        }
        context = new SpringApplicationBuilder(Patchbay.class)
                .properties(settings)
                .initializers(hub -> ((GenericApplicationContext) hub)
                        .registerBean("test-clock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(settings.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
    }

    static BeelinePbx pbx() {
        return pbx(BeelineCompany.small(), Clock.systemUTC());
    }

    static BeelinePbx pbx(BeelineCompany company, Clock clock) {
        return new BeelinePbx(company, PBX_TOKEN, clock, 42);
    }

    ConnectionId connect(BeelinePbx pbx) {
        var connection = context.getBean(Connections.class)
                .add(COMPANY, "beeline", "PBX", Map.of("baseUrl", text(pbx.baseUrl())));
        context.getBean(Secrets.class).keep(connection.id(), "token", new Secret(PBX_TOKEN));
        return connection.id();
    }

    ConnectionId connect(Bitrix24Portal portal) {
        return connect(portal, Map.of("defaultEmployee", "21"));
    }

    ConnectionId connect(Bitrix24Portal portal, Map<String, String> more) {
        var settings = new HashMap<String, JsonNode>();
        settings.put("baseUrl", text(portal.restAddress().toString().replaceFirst("/$", "")));
        settings.put("portal", text(portal.host()));
        settings.put("clientId", text(Bitrix24Portal.CLIENT_ID));
        settings.put("oauthServer", text(portal.oauthServer().toString().replaceFirst("/$", "")));
        more.forEach((name, value) -> settings.put(name, text(value)));
        var connection = context.getBean(Connections.class).add(COMPANY, "bitrix24", "CRM", settings);
        context.getBean(Secrets.class).keep(connection.id(), "clientSecret", new Secret(Bitrix24Portal.CLIENT_SECRET));
        portal.install(hook(connection.id()).toString());
        return connection.id();
    }

    /** Connected by an integration of the account, i.e. by OAuth. */
    ConnectionId connect(AmoAccount account, Map<String, String> more) {
        var keys = account.integration();
        var settings = new HashMap<String, JsonNode>();
        settings.put("baseUrl", text(account.address().toString()));
        settings.put("subdomain", text(keys.subdomain()));
        settings.put("login", text("oauth"));
        settings.put("clientId", text(keys.clientId()));
        settings.put("redirectUri", text(keys.redirectUri()));
        more.forEach((name, value) -> settings.put(name, text(value)));
        var connection = context.getBean(Connections.class).add(COMPANY, "amocrm", "amoCRM", settings);
        var secrets = context.getBean(Secrets.class);
        secrets.keep(connection.id(), "clientSecret", new Secret(keys.clientSecret()));
        secrets.keep(connection.id(), "authorizationCode", new Secret(account.authorizationCode()));
        return connection.id();
    }

    URI hook(ConnectionId connection) {
        return context.getBean(Hooks.class).address(connection);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JsonNode get(String path) {
        return JsonMapper.builder()
                .build()
                .readTree(send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer " + TOKEN)
                                .GET())
                        .body());
    }

    HttpResponse<String> post(URI address, String type, String body) {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }

    private static JsonNode text(String value) {
        return JsonNodeFactory.instance.stringNode(value);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
