package io.patchbay.connection.api;

import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over Camel's HTTP component with a guarded client: no forbidden address, no redirect, no cookie, no repetition behind our back.
 *
 * <p>Nothing else in the hub opens a socket to an outside system.
 */
public final class Door implements AutoCloseable {

    private static final String TLS = "door-https";
    private static final String PLAIN = "door-http";
    // a target behind a load balancer may close an idle connection at any time: look before using one this old
    private static final TimeValue LOOK_AFTER = TimeValue.ofSeconds(2);
    private static final TimeValue LIFE = TimeValue.ofMinutes(5); // so that a changed DNS name is noticed

    private final CamelContext camel;
    private final Map<String, Producer> producers = new ConcurrentHashMap<>();
    private final PoolingHttpClientConnectionManager tls;
    private final PoolingHttpClientConnectionManager plain;

    public Door(CamelContext camel, ApiProperties properties) {
        this(camel, properties, InetAddress::getAllByName);
    }

    Door(CamelContext camel, ApiProperties properties, AddressGuard.Names names) {
        this.camel = camel;
        tls = connections(AddressGuard.forTls(names, properties.networks()), properties);
        plain = connections(AddressGuard.forPlain(names, properties.networks()), properties);
    }

    private static PoolingHttpClientConnectionManager connections(AddressGuard guard, ApiProperties properties) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard)
                .setMaxConnTotal(properties.connections())
                .setMaxConnPerRoute(properties.connectionsEach())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(LOOK_AFTER)
                        .setTimeToLive(LIFE)
                        .build())
                .build();
    }

    /** @throws ConnectorException when no answer came, or the address is forbidden */
    Incoming send(Outgoing request, Limits limits) {
        var producer = producer(request, limits);
        var exchange = producer.getEndpoint().createExchange(ExchangePattern.InOut);
        var message = exchange.getIn();
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(Exchange.HTTP_URI, request.uri().toString());
        request.headers().forEach(message::setHeader);
        if (!request.contentType().isEmpty()) {
            message.setHeader(Exchange.CONTENT_TYPE, request.contentType());
            message.setBody(request.body());
        }
        try {
            producer.process(exchange);
        } catch (Exception e) {
            throw noAnswer(request, e);
        }
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return new Incoming(
                status == null ? 0 : status,
                headers(exchange.getMessage().getHeaders()),
                new LimitedStream(body(exchange), limits.maxAnswer(), limits.answer()));
    }

    /** One per scheme and set of limits: the client's time-outs belong to its endpoint. */
    private Producer producer(Outgoing request, Limits limits) {
        var scheme = "https".equalsIgnoreCase(request.uri().getScheme()) ? TLS : PLAIN;
        return producers.computeIfAbsent(
                scheme + "://target?throwExceptionOnFailure=false&disableStreamCache=true"
                        + "&connectTimeout=" + limits.connect().toMillis()
                        + "&responseTimeout=" + limits.answer().toMillis()
                        + "&soTimeout=" + limits.answer().toMillis()
                        + "&connectionRequestTimeout=" + limits.answer().toMillis(),
                this::producer);
    }

    private synchronized Producer producer(String uri) {
        if (camel.hasComponent(TLS) == null) {
            camel.addComponent(PLAIN, component(plain));
            camel.addComponent(TLS, component(tls));
        }
        try {
            var producer = camel.getEndpoint(uri).createProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception e) {
            throw new IllegalStateException("Could not open the door " + uri + ".", e);
        }
    }

    private static HttpComponent component(PoolingHttpClientConnectionManager connections) {
        var http = new HttpComponent();
        http.setClientConnectionManager(connections);
        http.setUserAgent("Patchbay");
        http.setSkipRequestHeaders(false);
        http.setHttpClientConfigurer(client -> client.disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .addExecInterceptorFirst("abort-on-close", new AbortOnClose())
                .setConnectionManagerShared(true));
        return http;
    }

    private static Map<String, String> headers(Map<String, Object> all) {
        var headers = new TreeMap<String, String>();
        all.forEach((name, value) -> {
            if (!name.startsWith("Camel")) {
                var first = value instanceof Iterable<?> several
                        ? several.iterator().next()
                        : value;
                headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(first));
            }
        });
        return headers;
    }

    private static InputStream body(Exchange exchange) {
        @Nullable Object body = exchange.getMessage().getBody();
        return switch (body) {
            case InputStream stream -> stream;
            case byte[] bytes -> new ByteArrayInputStream(bytes);
            case null, default -> InputStream.nullInputStream();
        };
    }

    private static ConnectorException noAnswer(Outgoing request, Exception e) {
        var host = request.uri().getHost();
        return switch (e) {
            case ForbiddenAddressException forbidden ->
                new ConnectorException(
                        Fault.SETUP, "address", String.valueOf(forbidden.getMessage()), Duration.ZERO, forbidden);
            case UnknownHostException unknown -> unreachable("There is no host " + host + ". Check the address.", e);
            case SocketTimeoutException late -> unreachable(host + " did not answer in time.", e);
            case HttpHostConnectException refused -> unreachable(host + " takes no connections.", e);
            case ConnectException refused -> unreachable(host + " takes no connections.", e);
            case SSLException tls ->
                unreachable("The certificate or encryption of " + host + " is not acceptable: " + tls.getMessage(), e);
            case IOException cut -> unreachable(host + " broke the connection off: " + cut.getMessage() + ".", e);
            default ->
                new ConnectorException(
                        Fault.OURS, "", "The request to " + host + " could not be written.", Duration.ZERO, e);
        };
    }

    static ConnectorException unreachable(String sentence, Exception cause) {
        return new ConnectorException(Fault.UNREACHABLE, "", sentence, Duration.ZERO, cause);
    }

    @Override
    public void close() {
        producers.values().forEach(ServiceHelper::stopService);
        tls.close();
        plain.close();
    }
}
