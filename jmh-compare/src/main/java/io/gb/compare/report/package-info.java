/**
 * Renders a comparison as text, Markdown, CSV, JSON, HTML or JUnit XML; the same in all locales.
 */
@NullMarked
package io.gb.compare.report;

import org.jspecify.annotations.NullMarked;
