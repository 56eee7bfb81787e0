package com.peerllm.host.engine.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates render as Python's Jinja2 renders them; the expected texts are its own. */
class TemplateTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 7, 4, 9, 5, 3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                // values and operators
                "{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ 7 / 2 }} {{ -7 % 3 }} {{ 2 ** 3 }} ¦ 7 3 3.5 2 8",
                "{{ 'a' ~ 1 ~ none ~ true }} {{ 'ab' * 2 }} {{ [1] + [2] }} ¦ a1NoneTrue abab [1, 2]",
                "{{ 1 < 2 < 3 }} {{ 1 == 1.0 }} {{ 'a' in 'cat' }} {{ 2 not in [1] }} ¦ True True True True",
                "{{ 'yes' if x else 'no' }}|{{ 'yes' if x }}|{{ x or 'y' }}|{{ x and 'y' }}| ¦ no||y||",
                "{{ not x and 1 }} {{ [] or 'empty' }} ¦ 1 empty",
                "{{ {'a': 1, \"b\": [true, none, 1.0]} }} ¦ {'a': 1, 'b': [True, None, 1.0]}",
                // subscripts
                "{{ items[0] }}{{ items[-1] }} {{ items[1:] }} {{ items[::-1] }} {{ items[:-1] }} {{ items[9] }}| ¦ ac ['b', 'c'] ['c', 'b', 'a'] ['a', 'b'] |",
                "{{ 'héllo'[1] }}{{ 'hello'[1:3] }}{{ 'hello'[::-1] }} ¦ éelolleh",
                "{{ map.key }} {{ map['key'] }} {{ map.nokey }}| {{ map.get('nokey', 'd') }} {{ map.items() }} ¦ value value | d [('key', 'value')]",
                // statements
                "{% for x in items if x != 'b' %}{{ loop.index }}{{ x }}{{ '' if loop.last else ',' }}{% endfor %} ¦ 1a,2c",
                "{% for x in [] %}{% else %}none{% endfor %}{% for k, v in map.items() %}{{ k }}={{ v }}{% endfor %} ¦ nonekey=value",
                "{% for x in items %}{% if x == 'b' %}{% continue %}{% endif %}{{ x }}{% if loop.index == 2 %}{% break %}{% endif %}{% endfor %} ¦ ac",
                "{% set ns = namespace(n=0) %}{% for x in items %}{% set ns.n = ns.n + 1 %}{% set y = x %}{% endfor %}{{ ns.n }}{{ y }} ¦ 3",
                "{% set a, b = 1, 2 %}{{ b }}{{ a }}{% set t %}x{{ a }}{% endset %}{{ t }} ¦ 21x1",
                "{% macro m(a, b='B') %}[{{ a }}{{ b }}{{ caller() if caller }}]{% endmacro %}{{ m(1) }}{{ m(1, b=2) }}{% call m(3) %}in{% endcall %} ¦ [1B][12][3Bin]",
                "{% filter upper %}a{{ 'b' }}{% endfilter %}{% with z = 5 %}{{ z }}{% endwith %}{{ z }} ¦ AB5",
                "{% generation %}g{% endgeneration %}{% raw %}{{ x }}{% endraw %}{# no #} ¦ g{{ x }}",
                "{% for x in items %}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.revindex }}{{ ' ' if not loop.last }}{% endfor %} ¦ b3 ac2 b1",
                // filters
                "{{ ' a ' | trim }}|{{ 'a,b'.split(',') | join('-') }}|{{ items | length }}|{{ 'aBc' | upper | lower }} ¦ a|a-b|3|abc",
                "{{ map | tojson }} {{ [1, 2.5, 'é\"<'] | tojson }} ¦ {\"key\": \"value\"} [1, 2.5, \"é\\\"<\"]",
                "{{ x | default('d') }} {{ '' | default('e', true) }} {{ none | default('f') }} ¦ d e None",
                "{{ people | map(attribute='name') | join(' ') }} {{ people | selectattr('age', 'gt', 4) | map(attribute='name') | list }} ¦ Ann Ben ['Ben']",
                "{{ people | rejectattr('age', 'equalto', 5) | list | length }} {{ items | reject('equalto', 'a') | list }} ¦ 1 ['b', 'c']",
                "{{ [3, 1, 2] | sort }} {{ [1, 1] | unique | list }} {{ [1, 2] | sum }} {{ items | first }}{{ items | last }} ¦ [1, 2, 3] [1] 3 ac",
                "{{ '7' | int + 1 }} {{ 2.567 | round(1) }} {{ 'x' | replace('x', 'yy') }} {{ -3 | abs }} ¦ 8 2.6 yy 3",
                "{{ 'a\\nb' | indent(2) }}| ¦ 'a\n  b|'",
                // tests
                "{{ x is defined }} {{ x is none }} {{ none is none }} {{ 'a' is string }} {{ map is mapping }} {{ items is iterable }} ¦ False False True True True True",
                "{{ 4 is divisibleby 2 }} {{ 3 is odd }} {{ true is boolean }} {{ items is not string }} {{ 1 is number and 2 is integer }} ¦ True True True True True",
                // methods
                "{{ ' x '.strip() }}{{ 'xxa'.lstrip('x') }}{{ 'a b  c'.split() }}{{ 'a-b-c'.rsplit('-', 1) }} ¦ xa['a', 'b', 'c']['a-b', 'c']",
                "{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abc'.find('c') }} {{ 'aXbX'.count('X') }} ¦ True True 2 2",
                "{{ 'hello world'.title() }} {{ 'hELLO'.capitalize() }} {{ 'a{}c'.format('b') }} {{ '%s-%d' % ('x', 3) }} ¦ Hello World Hello abc x-3",
                "{% set ns = namespace(l=[]) %}{% for x in items %}{% set _ = ns.l.append(x ~ x) %}{% endfor %}{{ ns.l.pop(0) }}{{ ns.l }}{{ ns.l.pop() }}{{ ns.l | length }} ¦ aa['bb', 'cc']cc1",
                "{% set l = [2] %}{{ l.insert(0, 1) }}{{ l.extend([3]) }}{{ l.insert(-1, 9) }}{{ l }}{{ l.count(9) }}{{ l.copy() == l }} ¦ NoneNoneNone[1, 2, 9, 3]1True",
                "{{ range(3) | list }} {{ range(5, 1, -2) | list }} {{ dict(a=1) }} ¦ [0, 1, 2] [5, 3] {'a': 1}",
                "{{ strftime_now('%d %b %Y, %H:%M %A %-d') }} ¦ 04 Jul 2026, 09:05 Saturday 4",
            })
    void rendersAsPythonDoes(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected.replace("('key', 'value')", "['key', 'value']"));
    }

    @Test
    void dropsTheWhiteSpaceAroundTagsAsTransformersSetsItUp() {
        assertThat(render("a\n  {% if true %}\n  b\n  {% endif %}\nc\n")).isEqualTo("a\n  b\nc");
        assertThat(render("a \n {%- if true -%} \n b {%- endif %}\n\nc")).isEqualTo("ab\nc");
        assertThat(render("a\n  {# note #}\nb {{- ' c ' -}} \n d")).isEqualTo("a\nb c d");
        assertThat(render("  {%+ if true %}x{% endif %}")).isEqualTo("  x");
        assertThat(render("{{ 'x' }}\n  y\n")).isEqualTo("x\n  y");
    }

    @Test
    void aRefusalOfTheTemplateIsItsOwnKind() {
        assertThatThrownBy(() -> render("{{ raise_exception('Roles must alternate') }}"))
                .isInstanceOfSatisfying(TemplateException.class, e -> {
                    assertThat(e.kind()).isEqualTo(TemplateException.Kind.RAISED);
                    assertThat(e).hasMessage("Roles must alternate");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "{% if x %} ¦ SYNTAX",
                "{{ 1 + }} ¦ SYNTAX",
                "{{ 'open }} ¦ SYNTAX",
                "{% include 'file' %} ¦ SYNTAX",
                "{% import 'os' as os %} ¦ SYNTAX",
                "{{ x.y }} ¦ RUNTIME",
                "{{ 1 + 'a' }} ¦ RUNTIME",
                "{{ 'a'() }} ¦ RUNTIME",
                "{{ 1 | nofilter }} ¦ RUNTIME",
                "{{ 1 // 0 }} ¦ RUNTIME",
                "{{ 9223372036854775807 + 1 }} ¦ RUNTIME",
            })
    void saysWhatKindOfMistakeATemplateMakes(String template, TemplateException.Kind kind) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    /** Templates come from strangers: each of these would take forever, or all memory, if nothing counted. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            value = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{{ range(100000000) }}",
                "{{ 'x' * 9000000000 }}",
                "{{ [1] * 9000000000 }}",
                "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
                "{% set ns = namespace(s='xxxxxxxx') %}{% for i in range(99) %}{% set ns.s = ns.s.replace('x', 'xx') %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
            })
    void endsWhateverATemplateDoes(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.kind()).isEqualTo(TemplateException.Kind.LIMIT));
    }

    @Test
    void aListNeitherHoldsItselfNorGrowsWithoutEnd() {
        for (String attempt : List.of(
                "{% set l = [1] %}{{ l.append(l) }}{{ l }}",
                "{% set l = [1] %}{% set m = {'a': [l]} %}{{ l.append(m) }}",
                "{% set l = [1] %}{% for i in range(60) %}{{ l.extend(l) }}{% endfor %}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(60) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ [].append(ns.l) }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(90000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
                "{% set ns = namespace(l=[1]) %}{% for i in range(90000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ [].append(ns.l) }}",
                "{{ map.items()[0].append(1) }}")) {
            assertThatThrownBy(() -> render(attempt)).as(attempt).isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void aTemplateNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> render("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}"))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> render("{{ 1" + " + 1".repeat(100_000) + " }}"))
                .isInstanceOf(TemplateException.class);
    }

    @Test
    void aTemplateSeesNothingOfJava() {
        for (String attempt : List.of(
                "{{ ''.__class__ }}",
                "{{ ''.class }}",
                "{{ ''.getClass }}",
                "{{ items.size }}",
                "{{ range.call }}",
                "{{ self }}")) assertThat(render(attempt)).as(attempt).isEmpty();
        assertThatThrownBy(() -> render("{{ ''.getClass() }}")).isInstanceOf(TemplateException.class);
    }

    private static String render(String template) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("items", List.of("a", "b", "c"));
        variables.put("map", Map.of("key", "value"));
        variables.put("people", List.of(Map.of("name", "Ann", "age", 3L), Map.of("name", "Ben", "age", 5L)));
        return Template.parse(template).render(variables, NOW);
    }
}
