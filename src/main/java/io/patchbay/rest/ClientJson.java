package io.patchbay.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.patchbay.call.PhoneNumber;
import io.patchbay.directory.Client;
import io.patchbay.directory.ClientOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of the company. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Client")
record ClientJson(
        @Schema(example = "17") long id,

        @Schema(description = "Empty when nobody told one", example = "Ivan Petrov")
        String name,

        @Schema(description = "The employee who looks after them", nullable = true, example = "4") @Nullable
        Long owner,

        boolean vip,
        List<String> numbers,

        @Schema(description = "Their cards in the connected systems, the one that counts first")
        List<AccountJson> accounts,

        @Schema(description = "Where systems differ and the company wants to be asked")
        List<QuestionJson> questions,

        @Schema(description = "The newest first; only where one client is read")
        List<OrderJson> orders) {

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ClientAccount")
    record AccountJson(
            @Schema(example = "2") long connection,
            @Schema(example = "contact") String kind,
            @Schema(example = "81") String id,
            String name,
            @Schema(nullable = true) @Nullable String url,
            OffsetDateTime toldAt) {}

    @Schema(name = "ClientQuestion")
    record QuestionJson(
            Client.Field field,

            @Schema(description = "Who says something else", example = "2")
            long connection,

            @Schema(description = "The name, or the id of the employee")
            String value) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "ClientOrder")
    record OrderJson(
            @Schema(example = "3") long connection,
            String id,
            String number,

            @Schema(description = "In the shop's words", example = "processing")
            String status,

            boolean open,

            @Schema(description = "Empty when unknown", example = "4350.00")
            String total,

            @Schema(example = "RUB") String currency,
            @Schema(nullable = true) @Nullable OffsetDateTime at,
            @Schema(nullable = true) @Nullable String url,
            List<ItemJson> items) {

        static OrderJson of(ClientOrder order, ZoneId zone) {
            return new OrderJson(
                    order.connection(),
                    order.id(),
                    order.number(),
                    order.status(),
                    order.open(),
                    order.total(),
                    order.currency(),
                    order.placedAt()
                            .map(at -> at.atZone(zone).toOffsetDateTime())
                            .orElse(null),
                    order.url().orElse(null),
                    order.items().stream()
                            .map(item -> new ItemJson(item.name(), item.quantity()))
                            .toList());
        }
    }

    @Schema(name = "ClientOrderItem")
    record ItemJson(String name, String quantity) {}

    static ClientJson of(Client client, List<ClientOrder> orders, ZoneId zone) {
        return new ClientJson(
                client.id().value(),
                client.name(),
                client.owner().map(owner -> owner.value()).orElse(null),
                client.vip(),
                client.numbers().stream().map(PhoneNumber::e164).toList(),
                client.accounts().stream()
                        .map(account -> new AccountJson(
                                account.connection(),
                                account.card().kind(),
                                account.card().id(),
                                account.card().name(),
                                account.card().url().orElse(null),
                                account.toldAt().atZone(zone).toOffsetDateTime()))
                        .toList(),
                client.questions().stream()
                        .map(asked -> new QuestionJson(asked.field(), asked.connection(), asked.value()))
                        .toList(),
                orders.stream().map(order -> OrderJson.of(order, zone)).toList());
    }
}
