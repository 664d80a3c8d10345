package io.patchbay.connection.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** How what a mapping asks for is written on the wire. */
class ApiRequestTest {

    @Test // contracts/crm/megaplan.md §3: a name or an = would be another query
    void aValueWithoutANameIsTheWholeQuery() {
        var request = request("{'path': '/offer', 'query': {'': '{\\\"limit\\\":5}'}}");

        assertThat(ApiRequest.encoded(request.query())).isEqualTo("%7B%22limit%22%3A5%7D");
    }

    @Test
    void aFormMayBeMultipartWithoutAFile() {
        var body = request("{'method': 'POST', 'path': '/token', 'contentType': 'multipart/form-data',"
                        + " 'form': {'username': 'Анна', 'password': 'a+b'}}")
                .body()
                .orElseThrow();

        assertThat(body.contentType()).startsWith("multipart/form-data; boundary=");
        var boundary = body.contentType().substring("multipart/form-data; boundary=".length());
        assertThat(new String(body.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("--" + boundary + "\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nАнна\r\n"
                        + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\na+b\r\n"
                        + "--" + boundary + "--\r\n");
    }

    private static ApiRequest request(String json) {
        return ApiRequest.of(JsonMapper.builder().build().readTree(json.replace('\'', '"')));
    }
}
