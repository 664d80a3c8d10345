package io.patchbay.workshop;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One file of a connector's {@code contract/} folder. What stands in {@code target.yaml} holds for the others, which may say otherwise.
 *
 * @param settings of the connection, secrets too; {@code {target}} is the told target's address
 * @param tokens   of an OAuth login, handed over before the case begins
 * @param signed   what every request carries because of the login
 * @param says     how this target says no
 * @param exempt   operation -> demand -> why this target cannot meet it
 * @param provenBy operation -> test class that proves it instead of told cases
 */
public record ContractFile(
        @Nullable Map<String, JsonNode> settings,
        @Nullable Tokens tokens,
        @Nullable Signed signed,
        @Nullable Says says,
        Map<String, Map<String, String>> exempt,
        Map<String, String> provenBy,
        List<ContractCase> cases) {

    public ContractFile {
        exempt = exempt == null ? Map.of() : exempt;
        provenBy = provenBy == null ? Map.of() : provenBy;
        cases = cases == null ? List.of() : cases;
    }

    /** Where nothing is said here, {@code target} says it. */
    ContractFile after(ContractFile target) {
        return new ContractFile(
                settings == null ? target.settings : settings,
                tokens == null ? target.tokens : tokens,
                signed == null ? target.signed : signed,
                says == null ? target.says : says,
                exempt,
                provenBy,
                cases);
    }

    /** @param expiresIn seconds, a day unless it is told */
    public record Tokens(
            String access, String refresh, @Nullable Long expiresIn) {

        public long seconds() {
            return expiresIn == null ? 86_400 : expiresIn;
        }
    }

    /**
     * Added to what a case tells of a request; {@code {access}} is the access token of the moment.
     *
     * @param path stands before the path
     * @param body members of a JSON body or fields of a form
     */
    public record Signed(
            String path, Map<String, String> headers, Map<String, JsonNode> query, Map<String, JsonNode> body) {

        static final Signed NOTHING = new Signed("", Map.of(), Map.of(), Map.of());

        public Signed {
            path = path == null ? "" : path;
            headers = headers == null ? Map.of() : headers;
            query = query == null ? Map.of() : query;
            body = body == null ? Map.of() : body;
        }
    }

    /**
     * The target's ways of saying no.
     *
     * @param wrongLogin nobody can log in like this
     * @param expired    the access token ran out
     * @param renewal    the request for a new token; {@code {refresh}} is the refresh token of the moment
     * @param limit      too many requests
     */
    public record Says(
            Optional<ToldAnswer> wrongLogin,
            Optional<ToldAnswer> expired,
            Optional<ContractCase.Exchange> renewal,
            Optional<Limit> limit) {

        static final Says NOTHING = new Says(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Says {
            wrongLogin = wrongLogin == null ? Optional.empty() : wrongLogin;
            expired = expired == null ? Optional.empty() : expired;
            renewal = renewal == null ? Optional.empty() : renewal;
            limit = limit == null ? Optional.empty() : limit;
        }
    }

    /** @param seconds after which the next request may go, 0 when the target does not say */
    public record Limit(
            ToldAnswer answer, @JsonProperty("wait") long seconds) {}
}
