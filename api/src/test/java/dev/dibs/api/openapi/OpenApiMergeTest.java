package dev.dibs.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

class OpenApiMergeTest {
    private static final String OPERATION =
            "{operationId: %s, summary: s, tags: [t], responses: {'200': {description: d%s}}}";

    private final OpenApiMerge merge = new OpenApiMerge(
            OpenApiFiles.parse("{openapi: 3.1.0, tags: [{name: t}], components: {schemas: {A: {type: object}}}}"));

    @Test
    void methodsOfOnePathMayStandInSeveralFiles() {
        merge.add("one.yaml", path("/a", "get", "one", ""));
        merge.add("two.yaml", path("/a", "post", "two", ""));

        assertThat(merge.document().at("/paths/~1a").propertyNames()).containsExactly("get", "post");
    }

    @Test
    void anOperationThatTwoFilesDescribeIsRefused() {
        merge.add("one.yaml", path("/a", "get", "one", ""));

        assertThatThrownBy(() -> merge.add("two.yaml", path("/a", "get", "two", "")))
                .hasMessage("two.yaml: get /a is described by another file, too");
    }

    @Test
    void aComponentThatTwoFilesDescribeIsRefused() {
        assertThatThrownBy(
                        () -> merge.add("one.yaml", OpenApiFiles.parse("{components: {schemas: {A: {type: string}}}}")))
                .hasMessage("one.yaml: schemas A is described by another file, too");
    }

    @Test
    void whatOneFileDescribesTwiceIsRefused() {
        assertThatThrownBy(() -> OpenApiFiles.parse("paths: {}\npaths: {}")).isInstanceOf(JacksonException.class);
    }

    @Test
    void anOperationIdIsUsedOnce() {
        merge.add("one.yaml", path("/a", "get", "same", ""));

        assertThatThrownBy(() -> merge.add("two.yaml", path("/b", "get", "same", "")))
                .hasMessage("two.yaml: get /b has the operationId of get /a");
    }

    @Test
    void aReferenceThatLeadsNowhereIsRefused() {
        merge.add("one.yaml", path("/a", "get", "one", ", $ref: '#/components/schemas/Gone'"));

        assertThatThrownBy(merge::document)
                .hasMessage("The document: refers to #/components/schemas/Gone, which is not there");
    }

    @Test
    void aReferenceToAnotherFileIsRefused() {
        merge.add("one.yaml", path("/a", "get", "one", ", $ref: 'base.yaml#/components/schemas/A'"));

        assertThatThrownBy(merge::document).hasMessageContaining("which is not there");
    }

    @Test
    void operatorsAnswersAreGivenToEveryOperationOfTheirs() {
        merge.add("one.yaml", path("/admin/a", "get", "one", ""));
        ObjectNode answers =
                OpenApiFiles.parse("components: {responses: {ProblemBadRequest: {}, ProblemUnauthenticated: {},"
                        + " ProblemForbidden: {}, ProblemNotFound: {}, ProblemUnavailable: {}}}");
        merge.add("answers.yaml", answers);

        assertThat(merge.document().at("/paths/~1admin~1a/get/responses").propertyNames())
                .containsExactlyInAnyOrder("200", "400", "401", "403", "404", "503");
        assertThat(merge.document().at("/paths/~1admin~1a/get/security/0").propertyNames())
                .containsExactly("token");
    }

    private static ObjectNode path(String path, String method, String operationId, String more) {
        return OpenApiFiles.parse(
                "paths: {%s: {%s: %s}}".formatted(path, method, OPERATION.formatted(operationId, more)));
    }
}
