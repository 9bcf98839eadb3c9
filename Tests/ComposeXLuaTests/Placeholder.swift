import Testing
@testable import ComposeXLua
