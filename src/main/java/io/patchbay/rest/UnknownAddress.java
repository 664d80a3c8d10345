package io.patchbay.rest;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers, below /api, for addresses and methods that no controller has; pages answer with pages. */
@RestControllerAdvice
class UnknownAddress {

    @ExceptionHandler
    ProblemDetail unknown(NoResourceFoundException cause, HttpServletRequest request) throws NoResourceFoundException {
        if (!isApi(request)) {
            throw cause;
        }
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND, "There is nothing at this address. See /api/v1/openapi.json for what there is.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrongMethod(HttpRequestMethodNotSupportedException cause, HttpServletRequest request)
            throws HttpRequestMethodNotSupportedException {
        if (!isApi(request)) {
            throw cause;
        }
        var answer = ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED);
        var allowed = cause.getSupportedMethods();
        if (allowed != null) {
            answer.header(HttpHeaders.ALLOW, String.join(", ", allowed));
        }
        return answer.body(cause.getBody());
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    }
}
