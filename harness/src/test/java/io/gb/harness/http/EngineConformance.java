package io.gb.harness.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Marks a part of the conformance suite: all of it runs against every {@link EngineKind}, which is
 * the one parameter of the class. A new engine joins by its enum value.
 *
 * <p>Each test has a thread of its own, so that an engine that waits for ever fails the test
 * instead of stopping the build.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(EngineKind.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@interface EngineConformance {}
