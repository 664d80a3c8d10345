package io.patchbay.rest;

import io.patchbay.access.Needs;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says beyond the endpoints: who may call, and what a refusal looks like. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String BEARER = "token";
    private static final String PROBLEM = "application/problem+json";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Patchbay")
                        .version("1")
                        .description(
                                "Joins a company's cloud PBX to the systems it already keeps. Times are ISO 8601 with"
                                        + " the company's offset, numbers are E.164. Errors are problem details by RFC"
                                        + " 9457; those of wrong fields list all of them under errors.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description(
                                                "An API token: made with POST /tokens, the first one given to the hub"
                                                        + " in the environment variable PATCHBAY_API_TOKEN.")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** Tells at each endpoint which right it needs, as scopes of tokens are written. */
    @Bean
    OperationCustomizer rights() {
        return (operation, handler) -> {
            var needs = handler.getMethodAnnotation(Needs.class);
            if (needs != null) {
                operation.addExtension("x-needs", needs.value().word());
            }
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer refusals() {
        return api -> {
            ModelConverters.getInstance(true).readAll(ProblemJson.class).forEach(api.getComponents()::addSchemas);
            ModelConverters.getInstance(true).readAll(FieldProblem.class).forEach(api.getComponents()::addSchemas);
            api.getPaths()
                    .forEach((path, item) -> item.readOperations().forEach(operation -> {
                        var answers = operation.getResponses();
                        answers.addApiResponse("401", problem("No token, or one that does not work"));
                        answers.addApiResponse("403", problem("The token may not do this"));
                        if (path.contains("{") && !answers.containsKey("404")) {
                            answers.addApiResponse("404", problem("There is no such thing"));
                        }
                        if (!answers.containsKey("400")
                                && (operation.getRequestBody() != null || operation.getParameters() != null)) {
                            answers.addApiResponse(
                                    "400", problem("The request has mistakes: all of them under errors"));
                        }
                        answers.forEach((status, answer) -> {
                            if (status.startsWith("4")) {
                                answer.setContent(problemContent());
                            }
                        });
                    }));
        };
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse().description(description).content(problemContent());
    }

    private static Content problemContent() {
        return new Content()
                .addMediaType(PROBLEM, new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem")));
    }
}
