package io.patchbay.access;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the doorkeeper before everything but recordings, which their signed links open. */
@Configuration(proxyBeanMethods = false)
class DoorkeeperConfiguration implements WebMvcConfigurer {

    private final Doorkeeper doorkeeper;

    DoorkeeperConfiguration(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(doorkeeper).excludePathPatterns("/recordings/*");
    }
}
