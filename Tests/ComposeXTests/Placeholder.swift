import Testing
@testable import ComposeXEngine
