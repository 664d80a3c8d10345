package io.patchbay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.access.FirstUserOfTests;
import io.patchbay.access.Role;
import io.patchbay.company.CompanyId;
import io.patchbay.testing.RunningHub;
import io.patchbay.watch.HabitBook;
import io.patchbay.watch.Habits;
import io.patchbay.watch.WorkingHours;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The form of the working hours, as an integrator fills it in. */
@RunningHub
class HoursPageTest {

    private static final CompanyId COMPANY = new CompanyId(1);

    @LocalServerPort
    int port;

    @Autowired
    HabitBook habits;

    @Autowired
    FirstUserOfTests people;

    private Visitor integrator;

    @BeforeEach
    void signIn() {
        habits.set(COMPANY, Habits.USUAL); // other tests of this hub have hours of their own
        integrator =
                new Visitor(port).signIn(people.user(COMPANY, Role.INTEGRATOR).login());
    }

    @AfterEach
    void asItWas() {
        habits.set(COMPANY, Habits.USUAL);
    }

    @Test
    void savesWhatIsTypedAndShowsIt() {
        var saved = integrator.post(
                "/connections/hours", Map.of("day", "SATURDAY", "opens", "08:30", "closes", "00:00", "silence", "45"));

        assertThat(saved.statusCode()).isEqualTo(302);
        assertThat(habits.of(COMPANY))
                .isEqualTo(new Habits(
                        new WorkingHours(Set.of(DayOfWeek.SATURDAY), LocalTime.of(8, 30), LocalTime.MIDNIGHT),
                        Duration.ofMinutes(45)));
        assertThat(integrator.get("/connections/hours?saved").body())
                .contains("Saved.", "value=\"08:30\"", "value=\"45\"", "Europe/Moscow")
                .containsPattern("value=\"SATURDAY\"[^>]*checked");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 09:00, 18:00, 15, Choose a day",
        "NEVERDAY, 09:00, 18:00, 15, Choose a day",
        "MONDAY, 25:00, 18:00, 15, Write a time",
        "MONDAY, 09:00, soon, 15, Write a time",
        "MONDAY, 18:00, 09:00, 15, must be later",
        "MONDAY, 09:00, 09:00, 15, must be later",
        "MONDAY, 09:00, 18:00, -1, from 0 to 10080",
        "MONDAY, 09:00, 18:00, 10081, from 0 to 10080",
        "MONDAY, 09:00, 18:00, '', from 0 to 10080"
    })
    void tellsWhatIsWrongBesideItsFieldAndKeepsWhatWasTyped(
            String day, String opens, String closes, String silence, String problem) {
        var answer = integrator.post(
                "/connections/hours", Map.of("day", day, "opens", opens, "closes", closes, "silence", silence));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(problem, "value=\"" + opens + "\"", "value=\"" + silence + "\"");
        assertThat(habits.of(COMPANY)).isEqualTo(Habits.USUAL);
    }

    @Test
    void speaksRussian() {
        integrator.post("/language", Map.of("language", "ru", "back", "/connections/hours"));

        assertThat(integrator.get("/connections/hours").body())
                .contains("Рабочее время", "понедельник", "Минут тишины");
    }
}
