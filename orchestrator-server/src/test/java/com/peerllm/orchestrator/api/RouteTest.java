package com.peerllm.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The routes, against the document that describes them. */
class RouteTest {
    private final OpenApiDocument document = OpenApiDocument.read();

    @Test
    void everyRouteIsInTheDocumentAndTheOtherWayRound() {
        assertThat(document.operations())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Route.values())
                        .map(route -> route.method() + " " + route.template())
                        .toList());
    }

    @Test
    void theDocumentRefersToNothingThatIsNotThereAndHoldsNothingThatIsNotUsed() {
        assertThat(document.looseEnds()).isEmpty();
    }

    @Test
    void aParameterReachesOverSlashesAndIsDecoded() {
        assertThat(Route.find(HttpMethod.GET, "/v1/models/org/model%40a+b"))
                .contains(new Route.Match(Route.MODEL, "org/model@a+b"));
        assertThat(Route.find(HttpMethod.HEAD, "/v1/models")).contains(new Route.Match(Route.LIST_MODELS, ""));
        assertThat(Route.find(HttpMethod.GET, "/v1/models/%zz")).contains(new Route.Match(Route.MODEL, "%zz"));
    }

    @Test
    void nothingIsAtAnAddressWithoutItsParameter() {
        assertThat(Route.find(HttpMethod.GET, "/v1/models/")).isEmpty();
        assertThat(Route.find(HttpMethod.POST, "/v1/models")).isEqualTo(Optional.empty());
        assertThat(Route.methodsAt("/v1/models")).containsExactly(HttpMethod.GET);
        assertThat(Route.methodsAt("/v1/model")).isEmpty();
    }
}
