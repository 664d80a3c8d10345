package io.patchbay.rest;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Answers every failure of the API as RFC 9457 problem details; with all wrong fields at once where fields are wrong. */
@RestControllerAdvice("io.patchbay.rest")
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ProblemDetail invalid(InvalidRequestException cause) {
        return invalid(cause.problems());
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException cause) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(cause.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail ours(Exception cause) {
        LOG.error("rest.broken", cause);
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The hub is at fault; its log says why. Nothing is wrong with your request.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException cause, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var tooLarge = causeOf(cause, BodyTooLargeException.class);
        if (tooLarge.isPresent()) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
                    .body(ProblemDetail.forStatusAndDetail(
                            HttpStatus.CONTENT_TOO_LARGE,
                            String.valueOf(tooLarge.get().getMessage())));
        }
        var field = causeOf(cause, JacksonException.class).map(Problems::path).orElse("");
        return ResponseEntity.badRequest()
                .body(invalid(List.of(new FieldProblem(
                        field,
                        field.isEmpty() ? "is not JSON of the expected form." : "does not have the expected type."))));
    }

    private static ProblemDetail invalid(List<FieldProblem> problems) {
        var detail = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The request has mistakes. Correct the fields under errors and send it again.");
        detail.setTitle("Invalid request");
        detail.setProperty("errors", problems);
        return detail;
    }

    private static String path(JacksonException cause) {
        var path = new StringBuilder();
        for (var step : cause.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static <T extends Throwable> Optional<T> causeOf(Throwable failure, Class<T> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }
}
