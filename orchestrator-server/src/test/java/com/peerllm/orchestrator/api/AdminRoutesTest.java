package com.peerllm.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.peerllm.shared.openai.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The routes of the administration are those of its document. */
class AdminRoutesTest {
    private final OpenApiDocument document = OpenApiDocument.readAdministration();

    /** That the document has every route is shown by {@code AdminHttpTest}, whose requests are all held against it. */
    @Test
    void everyOperationOfTheDocumentIsARouteAndHasANameForTheLog() {
        assertThat(document.operations()).hasSize(30).allSatisfy(operation -> {
            String method = operation.split(" ")[0];
            String path = operation.split(" ")[1];
            List<String> parts =
                    Arrays.asList(path.substring(AdminHttp.PATH.length()).split("/"));

            Throwable refusal = catchThrowable(() ->
                    AdminRoutes.command(method, parts, any -> Optional.empty(), "{}".getBytes(StandardCharsets.UTF_8)));

            if (refusal instanceof InvalidRequest invalid)
                assertThat(invalid.error().code()).isNotEqualTo("not_found");
            assertThat(AdminRoutes.nameOf(method, path)).startsWith(method + " /admin/v1/");
        });
    }

    @Test
    void theDocumentRefersToNothingThatIsNotThereAndHoldsNothingThatIsNotUsed() {
        assertThat(document.looseEnds()).isEmpty();
    }

    @Test
    void whatIsSentGetsIntoNoLog() {
        assertThat(AdminRoutes.nameOf("GET", "/admin/v1/secret/words")).isEqualTo("other");
        assertThat(AdminRoutes.nameOf("BREW", "/admin/v1/keys")).isEqualTo("other");
    }
}
