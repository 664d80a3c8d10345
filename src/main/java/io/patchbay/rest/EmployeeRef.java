package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.call.Extension;
import io.patchbay.call.Seat;
import io.patchbay.directory.Employee;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sat at a place of the PBX. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record EmployeeRef(
        @Schema(
                description = "The employee; null when the place is not mapped to anybody",
                nullable = true,
                example = "4")
        @Nullable
        Long id,

        @Schema(nullable = true, example = "Anna Petrova") @Nullable
        String name,

        @Schema(nullable = true, example = "201") @Nullable String extension,

        @Schema(description = "What the PBX itself calls the place", example = "SIP00001XXX")
        String seat) {

    static EmployeeRef of(Seat seat, Optional<Employee> employee) {
        return new EmployeeRef(
                employee.map(e -> e.id().value()).orElse(null),
                employee.map(Employee::name).orElse(null),
                employee.flatMap(Employee::extension).map(Extension::digits).orElse(null),
                seat.id());
    }
}
