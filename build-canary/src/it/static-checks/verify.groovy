// The reactor goes on after a failure, so one build log tells the fate of every canary.
def log = new File(basedir, 'build.log').text.replaceAll(/\u001B\[[;\d]*m/, '')

def expectLine = { pattern, meaning ->
  if (!(log =~ /(?m)^${pattern}/)) {
    throw new AssertionError("${meaning}; no such line in build.log: ${pattern}" as Object)
  }
}
def expectFate = { module, fate ->
  expectLine(/\[INFO\] ${module} \.+ ${fate}\b/, "canary '${module}' should end in ${fate}")
}

expectFate('clean', 'SUCCESS')

expectFate('errors', 'FAILURE')
expectLine(/\[ERROR\] .*ForgotThrow\.java:\[8,\d+\] \[DeadException\]/, 'Error Prone is dead')
expectLine(/\[ERROR\] .*NullReturned\.java:\[7,\d+\] \[NullAway\]/, 'NullAway is dead')
// A lint finding stays a warning; it is -Werror that fails the build.
expectFate('warning', 'FAILURE')
expectLine(/\[WARNING\] .*RawList\.java:\[8,\d+\] \[rawtypes\]/, '-Xlint is dead')
expectLine(/\[WARNING\] .*EmptyParagraph\.java:\[6,\d+\] empty <p> tag/, '-Xdoclint is dead')

// The formatter needs 21 or later in the JVM that runs Maven, which is this one too.
expectFate('ill-formatted', Runtime.version().feature() >= 21 ? 'FAILURE' : 'SUCCESS')
return true
