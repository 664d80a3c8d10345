package io.patchbay.console;

import java.nio.charset.StandardCharsets;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.web.servlet.LocaleResolver;

/** Languages and texts of the pages. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

    @Bean
    MessageSource messageSource() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("messages");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setDefaultLocale(Language.EN.locale());
        return texts;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new ChosenLanguage();
    }
}
