package io.patchbay.intake;

import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one place where hooks come in: everything under {@code /hooks/}. */
@Configuration(proxyBeanMethods = false)
class HookServlet {

    @Bean
    ServletRegistrationBean<CamelHttpTransportServlet> hooksServlet() {
        var registration = new ServletRegistrationBean<>(new CamelHttpTransportServlet(), "/hooks/*");
        registration.setName("hooks"); // the servletName of routes/intake/accept.camel.yaml
        registration.setLoadOnStartup(1);
        return registration;
    }
}
