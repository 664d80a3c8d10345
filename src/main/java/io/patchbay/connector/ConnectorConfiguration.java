package io.patchbay.connector;

import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the package together. */
@Configuration(proxyBeanMethods = false)
public class ConnectorConfiguration {

    /** @param own folder whose connectors add to those of the class path, or replace them; need not exist */
    @Bean
    Connectors connectors(@Value("${patchbay.connectors-dir:connectors}") Path own) {
        return Connectors.onClassPathAnd(own);
    }

    /** Found by Camel under its name. */
    @Bean("map-component")
    MapComponent mapComponent(Connectors connectors) {
        return new MapComponent(connectors);
    }

    /** Found by Camel under its name. */
    @Bean("jslt-language")
    JsltLanguage jsltLanguage() {
        return new JsltLanguage();
    }

    @Bean
    ConnectorRoutes connectorRouteFiles(Connectors connectors) {
        return new ConnectorRoutes(connectors);
    }

    /** Called by routes/upkeep/reload.camel.yaml. */
    @Bean
    ConnectorReload connectorReload(
            Connectors connectors,
            ConnectorRoutes routes,
            CamelContext camel,
            @Value("${patchbay.connectors-dir:connectors}") Path own,
            ApplicationEventPublisher events) {
        return new ConnectorReload(
                connectors, routes, camel, own, connector -> events.publishEvent(new ConnectorTakenUp(connector)));
    }

    @Bean
    CamelContextConfiguration connectorRoutes(ConnectorRoutes routes) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                routes.joinTo(camel);
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // all is done when the context starts
            }
        };
    }
}
