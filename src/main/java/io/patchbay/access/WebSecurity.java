package io.patchbay.access;

import io.patchbay.audit.Action;
import io.patchbay.audit.Audit;
import io.patchbay.audit.Deed;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import tools.jackson.databind.json.JsonMapper;

/** The doors of the web, each with its own rules. What no door names is shut. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class WebSecurity {

    static final String SIGN_IN = "/sign-in";

    /** 2^12 rounds: about a quarter of a second on a small server, for us and for whoever steals the hashes. */
    private static final int BCRYPT_STRENGTH = 12;

    /** No script and no style but our own files; nobody may frame us. Tabler's style sheet draws some icons as data: images. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(BCRYPT_STRENGTH);
    }

    /** Hooks: the secret in the address opens them, intake checks it. No filter at all, because they come by the thousand and none of it concerns them. */
    @Bean
    @Order(0)
    SecurityFilterChain addressedBySecret() {
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/hooks/**"));
    }

    /** Recordings: the signature in the address opens them; recording checks it. */
    @Bean
    @Order(1)
    SecurityFilterChain signedAddresses(HttpSecurity http) throws Exception {
        return http.securityMatcher("/recordings/**")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .requestCache(cache -> cache.disable())
                .securityContext(context -> context.disable())
                .anonymous(anonymous -> anonymous.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    /** The management port, which listens on the loopback address unless the administrator opens it. */
    @Bean
    @Order(2)
    SecurityFilterChain observe(HttpSecurity http) throws Exception {
        return http.securityMatcher("/observe/**")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }

    /** Programs: a bearer token with each request, no session, so nothing a browser could be tricked into sending. */
    @Bean
    @Order(3)
    SecurityFilterChain programs(HttpSecurity http, ApiTokens tokens, JsonMapper json) throws Exception {
        var problem = new ProblemResponse(json);
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(rules -> rules.requestMatchers("/api/v1/openapi.json")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new BearerTokenFilter(tokens), AuthorizationFilter.class)
                .exceptionHandling(
                        refusal -> refusal.authenticationEntryPoint(problem).accessDeniedHandler(problem))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    /** People: a session after the sign-in page. */
    @Bean
    @Order(4)
    SecurityFilterChain console(HttpSecurity http, PasswordSignIn signIn, Users users, Audit audit) throws Exception {
        var pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(
                new NegatedRequestMatcher(new RequestHeaderRequestMatcher(SignInEntryPoint.HTMX_REQUEST)));
        // a manager of its own: the one Spring makes would ask again, and count, after each refusal
        return http.authenticationManager(new ProviderManager(signIn))
                .authorizeHttpRequests(rules -> rules.requestMatchers(
                                SIGN_IN,
                                "/setup/*",
                                "/invited/*",
                                "/language",
                                "/assets/**",
                                "/webjars/**",
                                "/favicon.ico",
                                "/error")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new StillThereFilter(users), AuthorizationFilter.class)
                .formLogin(form -> form.loginPage(SIGN_IN)
                        .usernameParameter("login")
                        .passwordParameter("password")
                        .failureHandler(failed()))
                .logout(out -> out.addLogoutHandler((request, response, leaving) -> Caller.of(leaving)
                                .ifPresent(caller -> audit.note(
                                        caller.company(), Deed.of(Action.SIGNED_OUT, caller.id(), caller.name()))))
                        .logoutUrl("/sign-out")
                        .logoutSuccessUrl(SIGN_IN + "?out"))
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(new SignInEntryPoint()))
                .requestCache(cache -> cache.requestCache(pages))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .frameOptions(frame -> frame.deny()))
                .build();
    }

    private static AuthenticationFailureHandler failed() {
        return (request, response, cause) -> response.sendRedirect(request.getContextPath()
                + SIGN_IN
                + (cause instanceof PasswordSignIn.MustWaitException ? "?wait" : "?wrong"));
    }
}
